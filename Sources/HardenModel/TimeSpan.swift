/// A length of time as people write it: `30s`, `5m`, `2h`.
package struct TimeSpan: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The whole of it.
  package let seconds: Int64

  /// The longest, a week: nothing that harden waits for takes longer.
  package static let longest = TimeSpan(seconds: 7 * 86_400)

  /// A span of `seconds`.
  package init(seconds: Int64) { self.seconds = seconds }

  /// Reads a number with its unit; nil for anything else, for zero and for more than a week.
  package init?(_ text: String) {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600]
    let digits = text.utf8.dropLast()
    guard let unit = text.last.flatMap({ units[$0] }), (1...6).contains(digits.count),
      digits.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int64(text.dropLast()),
      count > 0, count * unit <= Self.longest.seconds
    else { return nil }
    seconds = count * unit
  }

  /// The span in the largest unit that needs no fraction.
  package var description: String {
    if seconds % 3600 == 0, seconds != 0 { return "\(seconds / 3600)h" }
    return seconds % 60 == 0 && seconds != 0 ? "\(seconds / 60)m" : "\(seconds)s"
  }
}
