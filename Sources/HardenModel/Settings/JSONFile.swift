/// A JSON text in which one value can change and no other byte.
///
/// A unit is the path of an object's keys, joined by `/`; `~1` stands for a slash in a key and `~0`
/// for a tilde, as in RFC 6901.
package struct JSONFile {
  /// The bytes.
  package private(set) var content: [UInt8]

  /// Takes `content` as it is; ``isValid`` tells whether it is JSON.
  package init(_ content: [UInt8]) { self.content = content }

  /// Whether it is one JSON object with nothing behind it, or nothing at all.
  package var isValid: Bool {
    let scanner = JSONScanner(content)
    let start = scanner.blank(from: 0)
    if start == content.count { return true }
    guard content[start] == 0x7B, let end = scanner.value(from: start) else { return false }
    return scanner.blank(from: end) == content.count
  }

  /// Whether nothing is left in it.
  package var isBare: Bool {
    content.allSatisfy { $0 == 0x7B || $0 == 0x7D || JSONScanner.isBlank($0) }
  }

  /// The keys that `unit` names.
  static func keys(_ unit: String) -> [String] {
    unit.split(at: "/", omittingEmptySubsequences: false).map {
      String($0).replacing("~1", by: "/").replacing("~0", by: "~")
    }
  }

  /// The text of the value of `unit`; nil when it is not there.
  package func text(of unit: String) -> String? {
    guard isValid, let found = member(Self.keys(unit)) else { return nil }
    return String(decoding: content[found.value], as: UTF8.self)
  }

  /// The line, counted from 1, on which the value of `unit` begins.
  package func line(of unit: String) -> Int? {
    guard isValid, let found = member(Self.keys(unit)) else { return nil }
    return content[..<found.value.lowerBound].count { $0 == 0x0A } + 1
  }

  /// Whether a part of the way to `unit` is something else than an object.
  package func isBlocked(_ unit: String) -> Bool {
    let keys = Self.keys(unit)
    return keys.indices.dropLast().contains { index in
      member(Array(keys[...index])).map { content[$0.value.lowerBound] != 0x7B } ?? false
    }
  }

  private func member(_ keys: [String]) -> JSONScanner.Member? {
    let scanner = JSONScanner(content)
    var start = scanner.blank(from: 0)
    var found: JSONScanner.Member?
    for key in keys {
      // Where a key stands twice, its last value counts for every reader in use.
      found = scanner.members(from: start)?.last { $0.key == key }
      guard let member = found else { return nil }
      start = member.value.lowerBound
    }
    return found
  }

  /// Gives `unit` the value `text`, which is JSON, or takes it away; objects on the way are made.
  package mutating func set(_ unit: String, to text: String?) {
    guard isValid else { return }
    let keys = Self.keys(unit)
    guard let text else { return remove(keys) }
    if let found = member(keys) {
      content.replaceSubrange(found.value, with: Array(text.utf8))
      return
    }
    if JSONScanner(content).blank(from: 0) == content.count { content = Array("{}\n".utf8) }
    let depth = keys.indices.dropLast().prefix { member(Array(keys[...$0])) != nil }.count
    insert(Array(keys[depth...]), text, into: Array(keys[..<depth]))
  }

  private mutating func insert(_ keys: [String], _ text: String, into parents: [String]) {
    let scanner = JSONScanner(content)
    let start = parents.isEmpty ? scanner.blank(from: 0) : member(parents)?.value.lowerBound ?? 0
    guard let members = scanner.members(from: start), let end = scanner.value(from: start) else {
      return
    }
    let unit = indentation
    let outer = indent(at: start)
    let isOneLine = !members.isEmpty && !content[start..<end].contains(0x0A)
    let inner = members.first.map { indent(at: $0.start) } ?? outer + unit
    let line = Self.object(keys, text, indent: inner, unit: unit)
    if let last = members.last {
      let lead = isOneLine ? [0x2C, 0x20] : [0x2C, 0x0A] + inner
      content.insert(contentsOf: lead + line, at: last.value.upperBound)
    } else {
      content.replaceSubrange(
        start..<end, with: [0x7B, 0x0A] + inner + line + [0x0A] + outer + [0x7D])
    }
  }

  /// `"key": value`, with objects around the last one.
  private static func object(_ keys: [String], _ text: String, indent: [UInt8], unit: [UInt8])
    -> [UInt8]
  {
    guard let key = keys.first else { return Array(text.utf8) }
    let name = Array("\(quoted(key)): ".utf8)
    guard keys.count > 1 else { return name + Array(text.utf8) }
    let rest = object(Array(keys.dropFirst()), text, indent: indent + unit, unit: unit)
    return name + [0x7B, 0x0A] + indent + unit + rest + [0x0A] + indent + [0x7D]
  }

  /// The blanks that the line begins with in which `index` stands.
  private func indent(at index: Int) -> [UInt8] {
    let start = content[..<index].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return Array(content[start..<index].prefix { $0 == 0x20 || $0 == 0x09 })
  }

  /// What one level is indented by: as the first key is.
  private var indentation: [UInt8] {
    let scanner = JSONScanner(content)
    let first = scanner.members(from: scanner.blank(from: 0))?.first
    let found = first.map { indent(at: $0.start) } ?? []
    return found.isEmpty ? [0x20, 0x20] : found
  }

  private mutating func remove(_ keys: [String]) {
    let parent = Array(keys.dropLast())
    let scanner = JSONScanner(content)
    let start = parent.isEmpty ? scanner.blank(from: 0) : member(parent)?.value.lowerBound
    guard let start, let members = scanner.members(from: start),
      let index = members.lastIndex(where: { $0.key == keys.last })
    else { return }
    let member = members[index]
    if index > 0 {
      content.removeSubrange(members[index - 1].value.upperBound..<member.value.upperBound)
    } else if members.count > 1 {
      content.removeSubrange(member.start..<members[1].start)
    } else if let end = scanner.value(from: start) {
      content.replaceSubrange(start..<end, with: [0x7B, 0x7D])
    }
  }

  /// Whether `text` is a number as JSON writes it.
  package static func isNumber(_ text: String) -> Bool { JSONScanner.isNumber(text) }

  /// `text` as a JSON string.
  package static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// `text` without blanks outside of strings, for telling whether two values are one.
  package static func compact(_ text: String) -> String {
    var bytes: [UInt8] = []
    var isString = false
    var isEscaped = false
    for byte in text.utf8 {
      if !isString, JSONScanner.isBlank(byte) { continue }
      if byte == 0x22, !isEscaped { isString.toggle() }
      isEscaped = isString && byte == 0x5C && !isEscaped
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
