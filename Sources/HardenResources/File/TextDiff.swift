internal import HardenModel

/// How two texts differ, in the form of `diff -u`.
enum TextDiff {
  /// What stands where a difference is not for everybody.
  static let hidden = "content differs (not shown)"
  private static let context = 3
  /// Comparing is quadratic in what lies between the first and the last difference.
  private static let limit = 2_000_000

  /// The difference, or a sentence where it cannot be shown.
  static func text(from old: [UInt8], to new: [UInt8]) -> String {
    guard let left = String(validating: old, as: UTF8.self),
      let right = String(validating: new, as: UTF8.self)
    else { return "content differs (not text)" }
    guard let edits = edits(lines(left), lines(right)) else {
      return "content differs (too much to show)"
    }
    return hunks(edits).joined(separator: "\n")
  }

  private enum Edit: Equatable {
    case keep(Substring), remove(Substring), add(Substring)

    var text: String {
      switch self {
      case .keep(let line): " \(line)"
      case .remove(let line): "-\(line)"
      case .add(let line): "+\(line)"
      }
    }
    var isKept: Bool { if case .keep = self { true } else { false } }
    var isOld: Bool { if case .add = self { false } else { true } }
    var isNew: Bool { if case .remove = self { false } else { true } }
  }

  private static func lines(_ text: String) -> [Substring] {
    var lines = text.split(at: "\n", omittingEmptySubsequences: false)
    if lines.last == "" {
      lines.removeLast()
    } else if let last = lines.popLast() {
      lines.append("\(last)\\ no newline at the end"[...])
    }
    return lines
  }

  /// The shortest way from one to the other; nil when it would take too long to find.
  private static func edits(_ old: [Substring], _ new: [Substring]) -> [Edit]? {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let tail = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix {
      $0 == $1
    }.count
    let left = Array(old[start..<(old.count - tail)])
    let right = Array(new[start..<(new.count - tail)])
    guard (left.count + 1) * (right.count + 1) <= limit else { return nil }

    // common[i][j] is the length of the longest common part behind i and j.
    let width = right.count + 1
    var common = [Int32](repeating: 0, count: (left.count + 1) * width)
    for i in left.indices.reversed() {
      for j in right.indices.reversed() {
        common[i * width + j] =
          left[i] == right[j]
          ? common[(i + 1) * width + j + 1] + 1
          : max(common[(i + 1) * width + j], common[i * width + j + 1])
      }
    }
    var edits = old[..<start].map(Edit.keep)
    var (i, j) = (0, 0)
    while i < left.count || j < right.count {
      if i < left.count, j < right.count, left[i] == right[j] {
        edits.append(.keep(left[i]))
        (i, j) = (i + 1, j + 1)
      } else if j == right.count
        || i < left.count && common[(i + 1) * width + j] >= common[i * width + j + 1]
      {
        edits.append(.remove(left[i]))
        i += 1
      } else {
        edits.append(.add(right[j]))
        j += 1
      }
    }
    return edits + old[(old.count - tail)...].map(Edit.keep)
  }

  private static func hunks(_ edits: [Edit]) -> [String] {
    var output: [String] = []
    var index = 0
    while let first = edits[index...].firstIndex(where: { !$0.isKept }) {
      let start = max(index, first - context)
      var end = first
      // A hunk goes on while the next change is near enough for their contexts to meet.
      while let next = edits[end...].firstIndex(where: { !$0.isKept }), next - end <= 2 * context {
        end = next + 1
      }
      let last = min(edits.count, end + context)
      let before = edits[..<start]
      let hunk = edits[start..<last]
      output.append(
        "@@ -\(before.count { $0.isOld } + 1),\(hunk.count { $0.isOld })"
          + " +\(before.count { $0.isNew } + 1),\(hunk.count { $0.isNew }) @@")
      output += hunk.map(\.text)
      index = last
    }
    return output
  }
}
