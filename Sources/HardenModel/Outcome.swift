/// What became of one resource in a run.
package enum Outcome: Hashable, Sendable {
  /// Done and read back.
  case done
  /// It failed, for this reason; the run decides what follows.
  case failed(String)
  /// Put back to what was there before.
  case restored
  /// It was already as wanted.
  case already
  /// Somebody changed it since; it was left alone.
  case conflict(String)
  /// It is neither before nor after; a person must look.
  case unknown(String)
  /// It was never begun.
  case notBegun
  /// It waits for the run to be confirmed.
  case waiting
}

/// What a run came to, for every view and for the exit code.
package struct Report: Hashable, Sendable {
  /// How the run ended.
  package enum Ending: String, Hashable, Sendable, Codable {
    /// Everything was done and proved.
    case applied
    /// There was nothing to do.
    case nothingToDo = "nothing to do"
    /// It failed and everything was put back.
    case restored
    /// It failed and something could not be put back.
    case incomplete
    /// A rollback was done.
    case rolledBack = "rolled back"
    /// A rollback was done but for conflicts.
    case conflicts
    /// An unfinished run was put right.
    case recovered
    /// It is done as far as a power cycle would undo it, and waits to be confirmed.
    case waiting
    /// It was not confirmed and everything was put back.
    case reverted

    /// Whether an apply came to its end, with something to do or without.
    package var isDone: Bool { self == .applied || self == .nothingToDo }
  }

  /// One step of the run.
  package struct Entry: Hashable, Sendable {
    /// What was changed.
    package var target: String
    /// The resources that it served.
    package var addresses: [Address]
    /// What became of it.
    package var outcome: Outcome

    /// `outcome` of the step on `target`.
    package init(target: String, addresses: [Address], outcome: Outcome) {
      self.target = target
      self.addresses = addresses
      self.outcome = outcome
    }
  }

  /// One probe of the canary.
  package struct Probed: Hashable, Sendable {
    /// The probe.
    package var canary: CanaryProbe
    /// What it found.
    package var answer: ProbeAnswer

    /// `canary` found `answer`.
    package init(_ canary: CanaryProbe, _ answer: ProbeAnswer) {
      self.canary = canary
      self.answer = answer
    }
  }

  /// The run's number; nil when none was begun.
  package var run: Int?
  /// How it ended.
  package var ending: Ending
  /// Every step in order.
  package var entries: [Entry]
  /// Every probe that was asked, in order.
  package var probed: [Probed] = []
  /// Until when it has to be confirmed, seconds since 1970; nil when it has not to be.
  package var until: Int64?
  /// What a reboot before that means; nil where it ends the time.
  package var onReboot: OnReboot?
  /// Whether that reboot was, and the time began anew.
  package var isRebooted = false
  /// Whether the guard of a run that waits is a process, which a reboot ends for good.
  package var isGuardMortal = false
  /// What went wrong first, in one sentence.
  package var failure: String?
  /// Whether the journal itself failed, which has an exit code of its own.
  package var journalFailed = false
  /// Whether something that was asked for holds only after the next boot.
  package var awaitsReboot = false
  /// What was asked for, does not hold, and is nothing that harden can change.
  package var unmet: [Address] = []
  /// How many resources an image leaves to its first boot.
  package var leftToBoot = 0

  /// A report on run `run`.
  package init(run: Int?, ending: Ending, entries: [Entry] = [], failure: String? = nil) {
    self.run = run
    self.ending = ending
    self.entries = entries
    self.failure = failure
  }
}
