/// What `/etc/login.defs` says about new accounts, with the values that account tools take where it
/// says nothing.
package struct AccountPolicy: Hashable, Sendable {
  private let settings: [String: String]

  /// Reads the text of `login.defs`.
  package init(_ text: String) {
    settings = Dictionary(
      text.split(at: "\n").compactMap { line in
        guard line.utf8.first != 0x23 else { return nil }
        let words = line.words()
        guard words.count >= 2, words[0].utf8.first != 0x23 else { return nil }
        return (String(words[0]), String(words[1]))
      }, uniquingKeysWith: { _, last in last })
  }

  /// The text of a setting; nil when the file does not have it.
  package func text(_ key: String) -> String? { settings[key] }

  private func number(_ key: String, _ usual: UInt32) -> UInt32 {
    guard let text = settings[key] else { return usual }
    return UInt32(text) ?? usual
  }

  /// The permission bits of new home directories.
  package var homeMode: Mode {
    let octal = { (text: String) in UInt16(text, radix: 8) }
    if let bits = settings["HOME_MODE"].flatMap(octal) { return Mode(bits & 0o7777) }
    return Mode(0o777 & ~(settings["UMASK"].flatMap(octal) ?? 0o022))
  }

  /// Whether a user's own group goes with the user.
  package var removesUserGroups: Bool { settings["USERGROUPS_ENAB"] == "yes" }

  /// What new passwords of people are given, as fields of `/etc/shadow`.
  package func age(_ age: AccountAge) -> String {
    let key: String? =
      switch age {
      case .min: "PASS_MIN_DAYS"
      case .max: "PASS_MAX_DAYS"
      case .warn: "PASS_WARN_AGE"
      case .inactive, .expires: nil
      }
    guard let value = key.flatMap({ settings[$0] }).flatMap({ Int($0) }), value >= 0 else {
      return ""
    }
    return "\(value)"
  }

  /// The numbers that are given out; `letter` is `U` for users and `G` for groups.
  package func range(_ letter: String, isSystem: Bool) -> ClosedRange<UInt32> {
    let people = number("\(letter)ID_MIN", 1000)
    let (low, high) =
      isSystem
      ? (number("SYS_\(letter)ID_MIN", 101), number("SYS_\(letter)ID_MAX", people - min(people, 1)))
      : (people, number("\(letter)ID_MAX", 60000))
    return low...max(low, high)
  }

  /// The next free number as account tools choose it: below the lowest for the system, above the
  /// highest for people; nil when all are taken.
  package func free(_ letter: String, isSystem: Bool, used: Set<UInt32>) -> UInt32? {
    let range = range(letter, isSystem: isSystem)
    let taken = used.filter(range.contains)
    if isSystem {
      let start = taken.min().map { $0 &- 1 } ?? range.upperBound
      let first = range.contains(start) ? start : range.upperBound
      return (range.lowerBound...first).last { !used.contains($0) }
        ?? range.last { !used.contains($0) }
    }
    let start = taken.max().map { $0 &+ 1 } ?? range.lowerBound
    let first = range.contains(start) ? start : range.lowerBound
    return (first...range.upperBound).first { !used.contains($0) }
      ?? range.first { !used.contains($0) }
  }

  /// The first range of subordinate numbers that is free behind `taken`, as first and count; nil
  /// when none are given out.
  package func subordinate(_ letter: String, taken: [(first: Int, count: Int)])
    -> (first: Int, count: Int)?
  {
    let count = Int(number("SUB_\(letter)ID_COUNT", 65536))
    let highest = Int(number("SUB_\(letter)ID_MAX", 600_100_000))
    guard count > 0 else { return nil }
    var low = Int(number("SUB_\(letter)ID_MIN", 100_000))
    for range in taken.sorted(by: { $0.first < $1.first }) {
      if range.first - low >= count { break }
      low = max(low, range.first + range.count)
    }
    return low + count - 1 <= highest ? (low, count) : nil
  }
}
