package import HardenModel
package import HardenSystem

/// A run that undoes itself unless it is confirmed.
package struct Waiting: Hashable, Sendable {
  /// The run's number.
  package let run: Int
  /// Until when; what the last extension, or the boot that its canary is asked in, says.
  package let terms: ConfirmTerms
  /// Whether the run has done its part and only the confirmation is missing; otherwise it was
  /// interrupted before that.
  package let isReady: Bool
  /// Whether the host was started again and the time began anew.
  package let isRebooted: Bool
  /// Who began it.
  package let actor: Actor
  /// Until when it was to wait as it began.
  private let first: ConfirmTerms

  /// What the journal of a run that has not ended says of it; nil when it was begun without terms.
  init?(_ reading: JournalReading) {
    guard case .begin(let begin)? = reading.records.first, let first = begin.confirm else {
      return nil
    }
    var (terms, isReady, isRebooted) = (first, false, false)
    for record in reading.records {
      switch record {
      case .waits: isReady = true
      // What has ended is confirmed or undone, and only lacks its record.
      case .failed, .end: isReady = false
      case .extended(let extended):
        (terms.deadline, terms.until) = (extended.deadline, extended.until)
      case .rebooted(let rebooted):
        (terms, isRebooted) = (rebooted.terms, true)
      default: break
      }
    }
    (run, self.terms, self.isReady, actor) = (begin.run, terms, isReady, begin.actor)
    (self.isRebooted, self.first) = (isRebooted, first)
  }

  /// How long is left on `host`; nil when the time is over, for example by a reboot.
  package func left(on host: borrowing Host) throws(Failure) -> TimeSpan? {
    let boot = try Self.boot(of: host)
    return (anew(in: boot, now: 0) ?? terms).left(at: Login.uptime, boot: boot)
  }

  /// The terms that begin with the boot that `host` is in, when they are not on record yet.
  ///
  /// They have to be before anything else is done: only so the next boot knows that it is the second,
  /// and a host that starts again and again comes back to what it was.
  package func anew(on host: borrowing Host, now: Int64) throws(Failure) -> ConfirmTerms? {
    anew(in: try Self.boot(of: host), now: now)
  }

  /// Whether `host` is in the boot after the one that the run began in, be that on record yet or not.
  package func isAfterReboot(on host: borrowing Host) throws(Failure) -> Bool {
    let terms = try anew(on: host, now: 0)
    return isRebooted || terms != nil
  }

  /// Whether the guard has something to do on `host`: to undo what is out of time, or to count a boot.
  package func isDue(on host: borrowing Host) throws(Failure) -> Bool {
    let (left, terms) = (try left(on: host), try anew(on: host, now: 0))
    return left == nil || terms != nil
  }

  private func anew(in boot: String?, now: Int64) -> ConfirmTerms? {
    guard isReady, !isRebooted, first.onReboot == .probe, boot != first.boot else { return nil }
    return first.anew(in: boot, at: Login.uptime, now: now)
  }

  private static func boot(of host: borrowing Host) throws(Failure) -> String? {
    try asFailure { () throws(SystemError) in try HostIdentity(of: host) }.boot
  }
}
