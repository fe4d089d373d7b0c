/// Counts that every view of a plan prints, derived in one place.
extension Plan {
  /// How many controls have `verdict`.
  package func count(_ verdict: Verdict) -> Int {
    controls.reduce(0) { $0 + ($1.verdict == verdict ? 1 : 0) }
  }

  /// Changes that will be made, refused ones and what nobody can make so left out.
  package var pending: [Change] { changes.filter { $0.action != .refuse && $0.action != .unmet } }

  /// What is not as wanted and stays so.
  package var unmet: [Change] { changes.filter { $0.action == .unmet } }

  /// Changes that put right what an earlier run had set.
  package var drift: [Change] { changes.filter { $0.drifted != nil } }

  /// Changes that are left alone.
  package var refused: [Change] { changes.filter { $0.action == .refuse } }

  /// Whether applying it would do nothing.
  package var isEmpty: Bool { steps.isEmpty }

  /// Whether something that it asks for holds only after the next boot, applied or not.
  package var awaitsReboot: Bool {
    count(.pending) > 0 || changes.contains { $0.planes.contains { $0.awaits == .reboot } }
  }

  /// How many changes of each reversibility are pending, best first.
  package var reversibilities: [(class: Reversibility, count: Int)] {
    Reversibility.allCases.compactMap { kind in
      let count = pending.count { $0.reversibility == kind }
      return count == 0 ? nil : (kind, count)
    }
  }
}
