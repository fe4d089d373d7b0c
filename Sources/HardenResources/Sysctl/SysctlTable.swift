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

  /// Every key that a line names and gives a value.
  var keys: [SysctlKey] {
    byKey.values.compactMap { same in
      guard let last = Self.effective(same), !last.isPattern, last.value != nil else { return nil }
      return SysctlKey(path: last.key)
    }
  }

  /// Every line that names `key` itself, in reading order.
  func lines(for key: SysctlKey) -> [SysctlAssignment] { byKey[key.path] ?? [] }

  /// Every line whose pattern reaches `key`, in the order of writing.
  func patterns(for key: SysctlKey) -> [SysctlAssignment] {
    patterns.lazy.filter { entry in
      entry.assignment.value != nil && entry.alternatives.contains { key.matches($0) }
    }.map(\.assignment)
  }

  /// The lines by which the reader writes to `key`, one after the other; the last one counts.
  func entries(for key: SysctlKey) -> [SysctlAssignment] {
    guard let named = Self.effective(lines(for: key)) else { return patterns(for: key) }
    return named.value == nil ? [] : [named]
  }
}
