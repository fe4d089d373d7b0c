internal import HardenModel

/// The assignments that one reader collects before it writes anything.
///
/// A later line for the same key takes the place of an earlier one, unless it says the same; lines
/// with patterns give way to lines that name a key.
struct SysctlTable: Sendable {
  private var byKey: [String: [SysctlAssignment]] = [:]
  private var patterns: [(alternatives: [String], assignment: SysctlAssignment)] = []

  /// The table of `assignments`, in reading order.
  init(_ assignments: [SysctlAssignment]) {
    for assignment in assignments { byKey[assignment.key, default: []].append(assignment) }
    patterns = byKey.values.compactMap { same in
      guard let last = Self.effective(same), last.isPattern else { return nil }
      return (Glob.alternatives(last.key), last)
    }
    patterns.sort { $0.assignment.order < $1.assignment.order }
  }

  /// The line of some for one key that counts.
  static func effective(_ assignments: [SysctlAssignment]) -> SysctlAssignment? {
    assignments.reduce(nil) { known, next in
      if let known, known.value == next.value { known } else { next }
    }
  }

  /// Every line that names `key` itself, in reading order.
  func lines(for key: SysctlKey) -> [SysctlAssignment] { byKey[key.path] ?? [] }

  /// The last line whose pattern reaches `key`.
  func pattern(for key: SysctlKey) -> SysctlAssignment? {
    patterns.last { entry in
      entry.assignment.value != nil && entry.alternatives.contains { key.matches($0) }
    }?.assignment
  }

  /// What the reader writes to `key`; nil when it leaves the key alone.
  func entry(for key: SysctlKey) -> SysctlAssignment? {
    guard let named = Self.effective(lines(for: key)) else { return pattern(for: key) }
    return named.value == nil ? nil : named
  }
}
