/// How the lines of one syntax are taken apart.
extension KeyedLines.Syntax {
  /// Whether the first line of a key counts rather than the last.
  package var isFirstMatching: Bool { self == .sshd }

  /// Whether two keys are one.
  package func isSame(_ one: String, _ other: String) -> Bool {
    self == .sshd ? one.lowercased() == other.lowercased() : one == other
  }

  /// The name of the section that `line` begins; nil where it begins none.
  func section(_ line: [UInt8]) -> String? {
    switch self {
    case .keyvalue, .loginDefs: return nil
    case .ini:
      let text = Self.trimmed(line, line.indices)
      guard line[text].first == 0x5B, line[text].last == 0x5D, text.count > 1 else { return nil }
      return String(decoding: line[(text.lowerBound + 1)..<(text.upperBound - 1)], as: UTF8.self)
    case .sshd:
      guard let parts = parts(line),
        String(decoding: line[parts.key], as: UTF8.self).lowercased() == "match"
      else { return nil }
      return "Match " + String(decoding: line[parts.value], as: UTF8.self)
    }
  }

  /// Where key and value stand; nil in comments, blank lines and what is neither.
  func parts(_ line: [UInt8]) -> KeyedLines.Parts? {
    let text = Self.trimmed(line, line.indices)
    guard let first = line[text].first, first != 0x23, first != 0x3B else { return nil }
    switch self {
    case .keyvalue: return words(line, text, equals: true, comments: true, export: true)
    case .sshd: return words(line, text, equals: true, comments: true, export: false)
    case .loginDefs: return words(line, text, equals: false, comments: false, export: false)
    case .ini:
      guard
        let delimiter = line[text].firstIndex(of: 0x3D) ?? line[text].firstIndex(of: 0x3A)
      else { return KeyedLines.Parts(key: text, value: text.upperBound..<text.upperBound) }
      let key = Self.trimmed(line, text.lowerBound..<delimiter)
      let value = Self.trimmed(line, (delimiter + 1)..<text.upperBound)
      return key.isEmpty ? nil : KeyedLines.Parts(key: key, value: value)
    }
  }

  /// A key that ends at the first blank, perhaps an equals sign, and a value to the end.
  private func words(
    _ line: [UInt8], _ text: Range<Int>, equals: Bool, comments: Bool, export: Bool
  ) -> KeyedLines.Parts? {
    var start = text.lowerBound
    let prefix = Array("export ".utf8)
    if export, line[text].starts(with: prefix) {
      start = Self.skip(line, start + prefix.count, text.upperBound)
    }
    let end =
      line[start..<text.upperBound].firstIndex {
        KeyedLines.isBlank($0) || (equals && $0 == 0x3D)
      } ?? text.upperBound
    guard end > start else { return nil }
    var value = Self.skip(line, end, text.upperBound)
    if equals, value < text.upperBound, line[value] == 0x3D {
      value = Self.skip(line, value + 1, text.upperBound)
    }
    let close = comments ? Self.comment(line, value, text.upperBound) : text.upperBound
    let found = Self.trimmed(line, value..<close)
    // A key that stands alone gets its value before the comment behind it.
    let isAlone = found.isEmpty && !line[end..<value].contains(0x3D)
    return KeyedLines.Parts(key: start..<end, value: isAlone ? end..<end : found)
  }

  /// Where a comment behind the value begins, quotes respected; `end` when there is none.
  private static func comment(_ line: [UInt8], _ start: Int, _ end: Int) -> Int {
    var quote: UInt8?
    for index in start..<end {
      let byte = line[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x23, index == start || KeyedLines.isBlank(line[index - 1]) {
        return index
      }
    }
    return end
  }

  private static func skip(_ line: [UInt8], _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, KeyedLines.isBlank(line[index]) { index += 1 }
    return index
  }

  private static func trimmed(_ line: [UInt8], _ range: Range<Int>) -> Range<Int> {
    let start = skip(line, range.lowerBound, range.upperBound)
    var end = range.upperBound
    while end > start, KeyedLines.isBlank(line[end - 1]) { end -= 1 }
    return start..<end
  }
}
