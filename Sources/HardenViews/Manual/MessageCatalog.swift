internal import HardenModel

/// What `journalctl --catalog` says below each notice: what has happened, and what to do about it.
package enum MessageCatalog {
  /// The catalogue's file, as systemd reads it.
  package static var text: String {
    "# What harden tells the journal, for journalctl --catalog. Written from the code: make docs.\n"
      + Notice.allCases.map(entry).joined()
  }

  private static func entry(_ notice: Notice) -> String {
    let (subject, page, body) = words(notice)
    return """

      -- \(notice.id)
      Subject: \(subject)
      Defined-By: harden
      Documentation: man:\(page)

      \(body)

      """
  }

  /// Subject, page of the manual and text; `@NAME@` is a field of the entry.
  private static func words(_ notice: Notice) -> (String, String, String) {
    switch notice {
    case .began:
      (
        "Run @HARDEN_RUN@ of harden begins", "harden-apply(8)",
        """
        Its plan is @HARDEN_PLAN@, with @HARDEN_STEPS@ steps. What stood there before is on the disk
        already. If no other entry of this run follows, it was interrupted: harden recover.
        """
      )
    case .done:
      (
        "Run @HARDEN_RUN@ of harden is done", "harden-rollback(8)",
        """
        Everything was found as wanted after the last step. harden show @HARDEN_RUN@ says what was
        changed, harden rollback @HARDEN_RUN@ undoes it.
        """
      )
    case .waiting:
      (
        "Run @HARDEN_RUN@ of harden waits to be confirmed", "harden-confirm(8)",
        """
        It undoes itself when its time is over, and when the host is started again before, unless its
        canary is to decide after that. To make it stay, log in anew and say: harden confirm
        """
      )
    case .failed:
      (
        "Run @HARDEN_RUN@ of harden failed and was put back", "harden-show(8)",
        """
        Everything that it had changed is as before. harden show @HARDEN_RUN@ says which step failed.
        """
      )
    case .rolledBack:
      (
        "Run @HARDEN_RUN@ of harden put back what an earlier run had changed", "harden-rollback(8)",
        """
        A rollback is a run of its own: harden rollback @HARDEN_RUN@ undoes it.
        """
      )
    case .reverted:
      (
        "Run @HARDEN_RUN@ of harden was not confirmed and has been undone", "harden-confirm(8)",
        """
        Nobody has shown in time that this host can still be used, or its canary has failed after a
        reboot. Everything is as before the run.
        harden show @HARDEN_RUN@ says what it had changed.
        """
      )
    case .recovered:
      (
        "Run @HARDEN_RUN@ of harden had been interrupted and is put right", "harden-recover(8)",
        """
        Each step was looked at on the host itself, and what was done has been put back, or finished
        where the run was a rollback. harden show @HARDEN_RUN@ says how each stands.
        """
      )
    case .attention:
      (
        "Run @HARDEN_RUN@ of harden wants a person", "harden-show(8)",
        """
        Something is neither as before the run nor as it was to be, because somebody else has changed
        it or because it could not be put back; it was left alone. harden show @HARDEN_RUN@ names it.
        """
      )
    case .drifted:
      (
        "@HARDEN_DRIFTED@ resources are no longer as harden had set them", "harden-drift(8)",
        """
        harden drift says what they are and which run had set them; an apply of the same playbook
        sets them again.
        """
      )
    }
  }
}
