/// Until when a run may stay unconfirmed.
///
/// The clock that counts is the one that runs since the machine began to boot, sleep included:
/// nobody sets it. It means nothing after a reboot, and then the time is over, or begins anew once.
package struct ConfirmTerms: Hashable, Sendable, Codable {
  /// The boot whose clock counts; nil where there is none.
  package var boot: String?
  /// When the time began, milliseconds since boot.
  package var began: Int64
  /// When the time is over, milliseconds since boot.
  package var deadline: Int64
  /// The same for people, seconds since 1970.
  package var until: Int64
  /// What a reboot means; nil, as in journals of versions that knew nothing else, ends the time.
  package var onReboot: OnReboot?

  /// Terms that give a run `span` from `began` on; see the properties.
  package init(
    boot: String?, began: Int64, now: Int64, span: TimeSpan, onReboot: OnReboot = .revert
  ) {
    self.boot = boot
    self.began = began
    deadline = began + span.seconds * 1000
    until = now + span.seconds
    self.onReboot = onReboot == .revert ? nil : onReboot
  }

  /// How long the whole time is.
  package var span: TimeSpan { TimeSpan(seconds: (deadline - began) / 1000) }

  /// How long is left at `uptime` during `boot`; nil when the time is over.
  package func left(at uptime: Int64, boot: String?) -> TimeSpan? {
    guard boot == self.boot, uptime < deadline else { return nil }
    return TimeSpan(seconds: (deadline - uptime + 999) / 1000)
  }

  /// The same time once more, from the beginning of `boot`, whose clock shows `uptime` at `now`.
  package func anew(in boot: String?, at uptime: Int64, now: Int64) -> ConfirmTerms {
    ConfirmTerms(
      boot: boot, began: 0, now: now - uptime / 1000, span: span, onReboot: onReboot ?? .revert)
  }
}
