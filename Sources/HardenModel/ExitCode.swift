/// The exit codes of every command: text, JSON and status come from one value.
package enum ExitCode: Int32, Hashable, Sendable, Codable, CaseIterable {
  /// Fine to go on.
  case success = 0
  /// Failed; nothing was changed, or all of it was restored.
  case failed = 1
  /// Changes pending (plan) or made (apply); only with `--detailed-exitcode`.
  case changes = 2
  /// Refused before anything was touched.
  case refused = 3
  /// A person is needed: not fully restored, conflicts left, an unfinished run, or a probe that does
  /// not hold.
  case attention = 4
  /// Nothing pending but drift; only with `--detailed-exitcode`.
  case drift = 5
  /// Done, but waiting for confirm or a reboot; only with `--detailed-exitcode`.
  case waiting = 6
  /// Usage, or no terminal and no `--yes`.
  case usage = 64
  /// Invalid or non-converging playbook.
  case invalid = 65
  /// The journal could not be made durable.
  case journal = 74
  /// Locked or awaiting confirm; retry later.
  case locked = 75
  /// Not permitted.
  case notPermitted = 77

  /// One word for JSON.
  package var reason: String {
    switch self {
    case .success: "success"
    case .failed: "failed"
    case .changes: "changes"
    case .refused: "refused"
    case .attention: "attention"
    case .drift: "drift"
    case .waiting: "waiting"
    case .usage: "usage"
    case .invalid: "invalid"
    case .journal: "journal"
    case .locked: "locked"
    case .notPermitted: "not-permitted"
    }
  }
}
