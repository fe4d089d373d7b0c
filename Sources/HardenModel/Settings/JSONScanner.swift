/// Finds where the values of a JSON text begin and end (RFC 8259), reading nothing into them.
struct JSONScanner {
  /// One key of an object with its value.
  struct Member {
    /// The key, its escapes read.
    var key: String
    /// Where the key begins.
    var start: Int
    /// Where the value stands.
    var value: Range<Int>
  }

  private let bytes: [UInt8]
  /// Deeper texts are no configuration, and would be read by recursion.
  private static let deepest = 64

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// The first place from `index` on that is no blank.
  func blank(from index: Int) -> Int {
    bytes[index...].firstIndex { !Self.isBlank($0) } ?? bytes.count
  }

  /// Behind the value that begins at `index`; nil where there is none.
  func value(from index: Int, depth: Int = 0) -> Int? {
    guard index < bytes.count, depth < Self.deepest else { return nil }
    switch bytes[index] {
    case 0x22: return string(from: index)
    case 0x7B: return object(from: index, depth: depth)?.end
    case 0x5B: return array(from: index, depth: depth)
    default: return word(from: index)
    }
  }

  /// The members of the object that begins at `index`; nil where there is none.
  func members(from index: Int) -> [Member]? { object(from: index, depth: 0)?.members }

  private func object(from index: Int, depth: Int) -> (members: [Member], end: Int)? {
    guard index < bytes.count, bytes[index] == 0x7B else { return nil }
    var members: [Member] = []
    var place = blank(from: index + 1)
    if place < bytes.count, bytes[place] == 0x7D { return (members, place + 1) }
    while place < bytes.count, bytes[place] == 0x22, let end = string(from: place) {
      let colon = blank(from: end)
      guard colon < bytes.count, bytes[colon] == 0x3A else { return nil }
      let start = blank(from: colon + 1)
      guard let stop = value(from: start, depth: depth + 1) else { return nil }
      members.append(
        Member(
          key: Self.unescaped(bytes[(place + 1)..<(end - 1)]), start: place, value: start..<stop))
      place = blank(from: stop)
      guard place < bytes.count else { return nil }
      if bytes[place] == 0x7D { return (members, place + 1) }
      guard bytes[place] == 0x2C else { return nil }
      place = blank(from: place + 1)
    }
    return nil
  }

  private func array(from index: Int, depth: Int) -> Int? {
    var place = blank(from: index + 1)
    if place < bytes.count, bytes[place] == 0x5D { return place + 1 }
    while let stop = value(from: place, depth: depth + 1) {
      place = blank(from: stop)
      guard place < bytes.count else { return nil }
      if bytes[place] == 0x5D { return place + 1 }
      guard bytes[place] == 0x2C else { return nil }
      place = blank(from: place + 1)
    }
    return nil
  }

  private func string(from index: Int) -> Int? {
    var place = index + 1
    while place < bytes.count {
      switch bytes[place] {
      case 0x22: return place + 1
      case 0x5C: place += 2
      case 0..<0x20: return nil
      default: place += 1
      }
    }
    return nil
  }

  /// `true`, `false`, `null` or a number.
  private func word(from index: Int) -> Int? {
    let end =
      bytes[index...].firstIndex { Self.isBlank($0) || $0 == 0x2C || $0 == 0x5D || $0 == 0x7D }
      ?? bytes.count
    let word = String(decoding: bytes[index..<end], as: UTF8.self)
    return ["true", "false", "null"].contains(word) || Self.isNumber(word) ? end : nil
  }

  /// Whether `text` is a number as JSON writes it.
  static func isNumber(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    func digits() -> Int {
      let count = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == 0x2D { rest = rest.dropFirst() }
    let leadingZero = rest.first == 0x30
    let whole = digits()
    guard whole > 0, !(leadingZero && whole > 1) else { return false }
    if rest.first == 0x2E {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if let first = rest.first, first | 0x20 == 0x65 {
      rest = rest.dropFirst()
      if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// What stands between two quotes, its escapes read.
  static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(0x5C) else { return String(decoding: bytes, as: UTF8.self) }
    var units: [UInt16] = []
    var rest = Array(String(decoding: bytes, as: UTF8.self).utf16)[...]
    while let unit = rest.popFirst() {
      guard unit == 0x5C, let escape = rest.popFirst() else {
        units.append(unit)
        continue
      }
      switch escape {
      case 0x62: units.append(0x08)
      case 0x66: units.append(0x0C)
      case 0x6E: units.append(0x0A)
      case 0x72: units.append(0x0D)
      case 0x74: units.append(0x09)
      case 0x75:
        let digits = String(decoding: rest.prefix(4), as: UTF16.self)
        units.append(UInt16(digits, radix: 16) ?? 0xFFFD)
        rest = rest.dropFirst(4)
      default: units.append(escape)
      }
    }
    return String(decoding: units, as: UTF16.self)
  }
}
