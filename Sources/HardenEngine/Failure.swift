package import HardenModel
package import HardenSystem

/// Why a command of the engine stopped before, or instead of, changing anything.
package enum Failure: Error, Hashable, Sendable {
  /// Another process holds the lock.
  case locked
  /// A run was begun and never ended; `harden recover` comes first.
  case unfinished(run: Int)
  /// A run waits to be confirmed, for so long at most.
  case waiting(run: Int, left: TimeSpan)
  /// The plan cannot be used here or any more.
  case refused([String])
  /// The host is not as it was when the plan was made; what moved, one sentence each.
  case stale([String])
  /// The records of a run cannot be believed.
  case corrupt(run: Int, JournalDamage)
  /// There is no such run, or it cannot be undone.
  case noSuchRun(String)
  /// The journal could not be made durable; nothing was changed.
  case journal(SystemError)
  /// The operating system said no; nothing was changed.
  case system(SystemError)
  /// What a plan or record says cannot be understood.
  case unreadable(String)

  /// The exit code of a command that stops for it.
  package var exitCode: ExitCode {
    switch self {
    case .locked, .waiting: .locked
    case .unfinished, .corrupt: .attention
    case .refused, .stale, .noSuchRun, .unreadable: .refused
    case .journal: .journal
    case .system(let error):
      if error.isPermission { .notPermitted } else { error.errno == nil ? .refused : .failed }
    }
  }

  /// What happened and what to do, one sentence each.
  package var sentences: [String] {
    switch self {
    case .locked: ["another harden is changing this host; try again when it is done"]
    case .unfinished(let run):
      ["run \(run) was begun and never ended", "put it right first: harden recover"]
    case .waiting(let run, let left):
      [
        "run \(run) waits to be confirmed for another \(left), and undoes itself then",
        "confirm it from a new login: harden confirm\nor undo it now: harden rollback \(run)",
      ]
    case .refused(let reasons): reasons
    case .stale(let moved):
      ["the host is not as it was when the plan was made"] + moved + [
        "make a new plan: harden plan"
      ]
    case .corrupt(let run, let damage):
      [
        "run \(run): \(damage.sentence)",
        "nothing was changed; look at it with: harden show \(run)",
      ]
    case .noSuchRun(let why): [why]
    case .journal(let error):
      ["the journal could not be made durable: \(error)", "nothing was changed"]
    case .system(let error): ["\(error)"]
    case .unreadable(let why): [why]
    }
  }
}

/// Runs `body` and turns what the operating system says into a failure of the command.
func asFailure<Value: ~Copyable>(_ body: () throws(SystemError) -> Value) throws(Failure) -> Value {
  do throws(SystemError) { return try body() } catch { throw .system(error) }
}
