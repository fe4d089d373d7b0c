/// One run of a host's history, as its journal tells it.
package struct RunSummary: Hashable, Sendable, Codable {
  /// What has become of the run's changes.
  package enum State: String, Hashable, Sendable, Codable {
    /// They are what the host is held to.
    case inEffect = "in effect"
    /// A later run put some of them back, or set them anew.
    case partlyInEffect = "partly in effect"
    /// A later run put all of them back, or set them anew.
    case undone
    /// It was a rollback.
    case done
    /// It failed and put back what it had done.
    case restored
    /// It failed and could not put everything back.
    case incomplete
    /// It had nothing to do.
    case empty
    /// It was interrupted; `harden recover` puts it right.
    case unfinished
    /// It undoes itself unless it is confirmed.
    case waiting
    /// It was not confirmed and has put back what it had done.
    case reverted
  }

  /// Counted from 1, on one host.
  package var number: Int
  /// What it did.
  package var kind: Plan.Kind
  /// What has become of it.
  package var state: State
  /// When it began, seconds since 1970.
  package var began: Int64
  /// When it ended, seconds since 1970; nil while unfinished.
  package var ended: Int64?
  /// The plan that it carried out.
  package var plan: Digest
  /// The playbooks that it applied.
  package var playbooks: [String]
  /// The runs that it undid.
  package var undoes: [Int]
  /// How many steps it had.
  package var steps: Int
  /// Who began it, as far as the kernel knows.
  package var by: String?
  /// The `--label` it was given.
  package var label: String?
  /// The `--reason` it was given.
  package var reason: String?
  /// Until when it has to be confirmed, seconds since 1970; nil when it has not to be.
  package var until: Int64?
  /// What a reboot before that means; nil where it ends the time.
  package var onReboot: OnReboot?
  /// Whether that reboot was, and the time began anew.
  package var isRebooted = false

  /// A summary; see the properties.
  package init(
    number: Int, kind: Plan.Kind, state: State, began: Int64, ended: Int64?, plan: Digest,
    playbooks: [String], undoes: [Int] = [], steps: Int, by: String? = nil, label: String? = nil,
    reason: String? = nil
  ) {
    self.number = number
    self.kind = kind
    self.state = state
    self.began = began
    self.ended = ended
    self.plan = plan
    self.playbooks = playbooks
    self.undoes = undoes
    self.steps = steps
    self.by = by
    self.label = label
    self.reason = reason
  }
}
