extension Report {
  /// How it ended, in the word of every view: while something that was asked for waits for a reboot,
  /// nothing is called applied.
  package var word: String { ending == .applied && awaitsReboot ? "pending" : ending.rawValue }

  /// The code that a command with this report exits with.
  ///
  /// `detailed` is what `--detailed-exitcode` asked for: to tell changes from none.
  package func exit(detailed: Bool = false) -> ExitCode {
    if journalFailed, ending != .incomplete { return .journal }
    if !unmet.isEmpty, ending.isDone { return .attention }
    return switch ending {
    case .applied, .rolledBack, .recovered:
      detailed ? (awaitsReboot ? .waiting : .changes) : .success
    case .waiting: detailed ? .waiting : .success
    case .reverted: detailed ? .changes : .success
    case .nothingToDo: detailed && awaitsReboot ? .waiting : .success
    case .restored: .failed
    case .incomplete, .conflicts: .attention
    }
  }
}

extension Plan {
  /// The code that a command which only shows the plan exits with.
  ///
  /// `detailed` is what `--detailed-exitcode` asked for: to tell pending changes and drift from none.
  /// A plan that compared nothing is no success, and what harden cannot change wants a person.
  package func exit(detailed: Bool = false) -> ExitCode {
    if obstacles.contains(where: { $0.kind == .nothing }) { return .refused }
    guard detailed else { return .success }
    if isEmpty, !unmet.isEmpty { return .attention }
    if isEmpty { return awaitsReboot ? .waiting : .success }
    return pending.allSatisfy { $0.drifted != nil } ? .drift : .changes
  }
}
