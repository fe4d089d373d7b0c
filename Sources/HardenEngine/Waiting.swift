package import HardenModel
package import HardenSystem

/// A run that undoes itself unless it is confirmed in time.
package struct Waiting: Hashable, Sendable {
  /// The run's number.
  package let run: Int
  /// Until when; what the last extension says.
  package let terms: ConfirmTerms
  /// Whether the run has done its part and only the confirmation is missing; otherwise it was
  /// interrupted before that.
  package let isReady: Bool
  /// Who began it.
  package let actor: Actor

  /// What the journal of a run that has not ended says of it; nil when it was begun without terms.
  init?(_ reading: JournalReading) {
    guard case .begin(let begin)? = reading.records.first, var terms = begin.confirm else {
      return nil
    }
    var isReady = false
    for record in reading.records {
      switch record {
      case .waits: isReady = true
      case .failed: isReady = false
      case .extended(let extended):
        (terms.deadline, terms.until) = (extended.deadline, extended.until)
      default: break
      }
    }
    (run, self.terms, self.isReady, actor) = (begin.run, terms, isReady, begin.actor)
  }

  /// How long is left on `host`; nil when the time is over, for example by a reboot.
  package func left(on host: borrowing Host) throws(Failure) -> TimeSpan? {
    let identity = try asFailure { () throws(SystemError) in try HostIdentity(of: host) }
    return terms.left(at: Login.uptime, boot: identity.boot)
  }
}
