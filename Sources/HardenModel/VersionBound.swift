/// What a version must be: `>=5.10`, `<13`, or `12`, which every 12.x satisfies.
package struct VersionBound: Hashable, Sendable {
  private enum Relation: String, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
    case equal = "="
  }

  private var relation: Relation
  private var parts: [Int]

  /// Reads an operator, which may be missing, and a dotted version; nil when it is neither.
  package init?(_ text: String) {
    relation = Relation.allCases.first { text.hasPrefix($0.rawValue) } ?? .equal
    let version = text.dropFirst(text.hasPrefix(relation.rawValue) ? relation.rawValue.count : 0)
      .drop { $0 == " " }
    let parts = version.split(at: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard !parts.isEmpty, parts.count <= 8, version.allSatisfy({ $0.isNumber || $0 == "." }),
      !parts.contains(nil)
    else { return nil }
    self.parts = parts.compactMap { $0 }
  }

  /// Whether `version` satisfies it; what follows its leading numbers, as in `6.1.0-18-amd64`, does
  /// not count.
  package func accepts(_ version: String) -> Bool {
    let actual = Self.numbers(version)
    let sign = Self.compare(actual, parts)
    return switch relation {
    case .atLeast: sign >= 0
    case .atMost: sign <= 0 || Self.compare(Array(actual.prefix(parts.count)), parts) == 0
    case .above: sign > 0
    case .below: sign < 0
    case .equal: Self.compare(Array(actual.prefix(parts.count)), parts) == 0
    }
  }

  private static func numbers(_ version: String) -> [Int] {
    var numbers: [Int] = []
    for part in version.split(at: ".", omittingEmptySubsequences: false) {
      let digits = part.prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(digits) else { break }
      numbers.append(number)
      guard digits.endIndex == part.endIndex else { break }
    }
    return numbers
  }

  /// Negative, zero or positive; a missing part counts as zero.
  private static func compare(_ left: [Int], _ right: [Int]) -> Int {
    for index in 0..<max(left.count, right.count) {
      let a = index < left.count ? left[index] : 0
      let b = index < right.count ? right[index] : 0
      if a != b { return a < b ? -1 : 1 }
    }
    return 0
  }
}
