/// Comparing values of kernel parameters as the kernel itself reads them.
package enum SysctlValue {
  /// Whether writing `left` and writing `right` give a key the same value.
  ///
  /// Blanks between words do not count, numbers may be octal (`010`) or hexadecimal (`0x10`), and
  /// lists of numbers and ranges may be in any order: `8080,1,2,3` is `1-3,8080`.
  package static func same(_ left: String, _ right: String) -> Bool {
    left == right || normalized(left) == normalized(right)
  }

  /// `value` in the one spelling that all equal values share.
  package static func normalized(_ value: String) -> String {
    value.words().map { word in
      if let number = number(word) { return String(number) }
      return ranges(word).map(text) ?? String(word)
    }.joined(separator: " ")
  }

  /// The number that the kernel reads from `word`: decimal, octal behind `0`, hexadecimal behind
  /// `0x`; nil for anything else.
  package static func number(_ word: some StringProtocol) -> Int128? {
    let digits = word.hasPrefix("-") ? word.dropFirst() : word[...]
    guard let first = digits.first, first.isASCII, first.isNumber else { return nil }
    let magnitude: Int128? =
      if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
        digits.dropFirst(2).first == "+" || digits.dropFirst(2).first == "-"
          ? nil : Int128(digits.dropFirst(2), radix: 16)
      } else {
        Int128(digits, radix: digits.count > 1 && first == "0" ? 8 : 10)
      }
    return word.hasPrefix("-") ? magnitude.map { -$0 } : magnitude
  }

  /// The numbers and ranges of a list like `1-3,8080`, sorted and joined; nil when it is none.
  package static func ranges(_ word: some StringProtocol) -> [ClosedRange<Int128>]? {
    var found: [ClosedRange<Int128>] = []
    for part in word.split(at: ",", omittingEmptySubsequences: true) {
      let ends = part.split(at: "-", omittingEmptySubsequences: false)
      guard ends.count <= 2, let low = ends.first.flatMap({ number($0) }),
        let high = ends.last.flatMap({ number($0) }), low <= high
      else { return nil }
      found.append(low...high)
    }
    guard !found.isEmpty else { return nil }
    var joined: [ClosedRange<Int128>] = []
    for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, range.lowerBound - 1 <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    return joined
  }

  private static func text(_ ranges: [ClosedRange<Int128>]) -> String {
    ranges.map {
      $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }
    .joined(separator: ",")
  }

  /// Why the kernel would not take `value` whole for a key that holds `current`; nil when it would.
  ///
  /// The kernel ignores words beyond those that a key has and leaves out words that are missing,
  /// and reports neither.
  package static func mismatch(of value: String, with current: String, for key: SysctlKey)
    -> String?
  {
    let present = current.words()
    guard !key.isRangeList, !present.isEmpty, present.allSatisfy({ number($0) != nil }) else {
      return nil
    }
    let wanted = value.words()
    if let word = wanted.first(where: { number($0) == nil }) {
      return "'\(word)' is not a number, and \(key.name) holds \(count(present.count))"
    }
    guard wanted.count != present.count else { return nil }
    return "'\(value)' is \(count(wanted.count)), and \(key.name) holds \(count(present.count))"
  }

  private static func count(_ words: Int) -> String {
    words == 1 ? "one number" : words == 0 ? "no number" : "\(words) numbers"
  }
}
