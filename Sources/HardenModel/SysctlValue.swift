/// Comparing the text of kernel parameters as the kernel itself reads it.
package enum SysctlValue {
  /// Whether the kernel holds the same after either was written: blanks, octal and hexadecimal
  /// numbers, and lists of port ranges are normalised.
  package static func same(_ left: String, _ right: String) -> Bool {
    left == right || normalized(left) == normalized(right)
  }

  /// The text as the kernel gives it back: words separated by one blank, numbers in decimal,
  /// ranges merged.
  package static func normalized(_ text: String) -> String {
    words(text).map { number($0) ?? ranges($0) ?? String($0) }.joined(separator: " ")
  }

  /// The words of a value, which the kernel separates by tabs or blanks.
  package static func words(_ text: String) -> [Substring] {
    text.split { $0 == " " || $0 == "\t" || $0 == "\n" }
  }

  /// A number as C reads it: `010` is octal, `0x10` hexadecimal.
  private static func number(_ word: Substring) -> String? {
    let isNegative = word.first == "-"
    let digits = isNegative ? word.dropFirst() : word
    guard let first = digits.first, first.isASCII, first.isNumber else { return nil }
    let lower = digits.lowercased()
    let value: UInt64? =
      if lower.hasPrefix("0x") { UInt64(lower.dropFirst(2), radix: 16) } else if lower.count > 1,
        lower.hasPrefix("0")
      { UInt64(lower.dropFirst(), radix: 8) } else { UInt64(lower) }
    return value.map { (isNegative && $0 != 0 ? "-" : "") + String($0) }
  }

  /// `8080,1,2,3` as `1-3,8080`, the way bitmap parameters read back.
  private static func ranges(_ word: Substring) -> String? {
    guard word.contains(","), word.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2C || $0 == 0x2D })
    else { return nil }
    var spans: [ClosedRange<Int>] = []
    for part in word.split(separator: ",") {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      switch ends.count {
      case 1: if let only = ends[0] { spans.append(only...only) } else { return nil }
      case 2:
        guard let low = ends[0], let high = ends[1], low <= high else { return nil }
        spans.append(low...high)
      default: return nil
      }
    }
    var merged: [ClosedRange<Int>] = []
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, span.lowerBound <= last.upperBound + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
      } else {
        merged.append(span)
      }
    }
    return merged.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }
}
