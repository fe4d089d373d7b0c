/// Until when a run may stay unconfirmed.
///
/// The clock that counts is the one that runs since the machine began to boot, sleep included:
/// nobody sets it. It means nothing after a reboot, and then the time is over.
package struct ConfirmTerms: Hashable, Sendable, Codable {
  /// The boot during which the run began; nil where there is none.
  package var boot: String?
  /// When the run began, milliseconds since boot.
  package var began: Int64
  /// When the time is over, milliseconds since boot.
  package var deadline: Int64
  /// The same for people, seconds since 1970.
  package var until: Int64

  /// Terms that give a run `span` from `began` on; see the properties.
  package init(boot: String?, began: Int64, now: Int64, span: TimeSpan) {
    self.boot = boot
    self.began = began
    deadline = began + span.seconds * 1000
    until = now + span.seconds
  }

  /// How long is left at `uptime` during `boot`; nil when the time is over.
  package func left(at uptime: Int64, boot: String?) -> TimeSpan? {
    guard boot == self.boot, uptime < deadline else { return nil }
    return TimeSpan(seconds: (deadline - uptime + 999) / 1000)
  }
}
