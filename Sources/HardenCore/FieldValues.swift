package import HardenModel

extension String: FieldValue {
  package static func read(_ node: Node, _ reading: inout Reading) -> String? {
    reading.text(node, expected: "text")
  }
  package static var shape: Shape { .text }
}

extension Bool: FieldValue {
  package static func read(_ node: Node, _ reading: inout Reading) -> Bool? {
    switch node.content {
    case .scalar("true", quoted: false): return true
    case .scalar("false", quoted: false): return false
    case .scalar(let text, _):
      let help =
        switch text.lowercased() {
        case "yes", "on", "true", "y": "write true"
        case "no", "off", "false", "n": "write false"
        default: "write true or false"
        }
      reading.report(
        Diagnostic(.wrongType, "expected true or false, found '\(text)'", at: node.range, help: help))
      return nil
    default:
      reading.mismatch(node, expected: "true or false")
      return nil
    }
  }
  package static var shape: Shape { .boolean }
}

extension Int: FieldValue {
  package static func read(_ node: Node, _ reading: inout Reading) -> Int? {
    guard let text = reading.text(node, expected: "a whole number") else { return nil }
    guard let value = Int(text), text.first != "+" else {
      reading.report(
        Diagnostic(.wrongType, "expected a whole number, found '\(text)'", at: node.range))
      return nil
    }
    return value
  }
  package static var shape: Shape { .integer(Int.min...Int.max) }
}

extension Mode: FieldValue {
  package static func read(_ node: Node, _ reading: inout Reading) -> Mode? {
    guard let text = reading.text(node, expected: "a mode of four octal digits") else { return nil }
    if let mode = Mode(text) { return mode }
    let padded = String(repeating: "0", count: max(0, 4 - text.count)) + text
    let help =
      Mode(padded).map { "quote it with a leading zero: \"\($0)\"" }
      ?? "write four octal digits, for example \"0644\""
    reading.report(Diagnostic(.ambiguousMode, "ambiguous file mode '\(text)'", at: node.range, help: help))
    return nil
  }
  package static var shape: Shape { .pattern("^[0-7]{4}$", example: "0644") }
}

extension Principal: FieldValue {
  package static func read(_ node: Node, _ reading: inout Reading) -> Principal? {
    guard let text = reading.text(node, expected: "the name of an account") else { return nil }
    if let id = UInt32(text), id != .max { return .id(id) }
    guard AccountName.isValid(text) else {
      reading.report(Diagnostic(.wrongValue, "'\(text)' cannot be the name of an account", at: node.range))
      return nil
    }
    return .name(text)
  }
  package static var shape: Shape { .pattern("^([a-zA-Z_][a-zA-Z0-9_.-]*\\$?|[0-9]+)$", example: "root") }
}

/// What an account file accepts as a name.
enum AccountName {
  static func isValid(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 256 else { return false }
    let letter = { (byte: UInt8) in (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte == 0x5F }
    return letter(first)
      && text.utf8.dropLast(text.hasSuffix("$") ? 1 : 0).allSatisfy {
        letter($0) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D || $0 == 0x2E
      }
  }
}

/// A path from the root, without `.` or `..`, doubled or trailing slashes.
package struct AbsolutePath: Hashable, Sendable, FieldValue {
  /// The path's text.
  package let text: String

  /// Checks `text`; nil when it is not an absolute, plain path.
  package init?(_ text: String) {
    guard text.first == "/", !text.utf8.contains(0), text.utf8.count < 4096 else { return nil }
    let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    guard text == "/" || parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
      return nil
    }
    self.text = text
  }

  package static func read(_ node: Node, _ reading: inout Reading) -> AbsolutePath? {
    guard let text = reading.text(node, expected: "an absolute path") else { return nil }
    guard let path = AbsolutePath(text) else {
      reading.report(
        Diagnostic(
          .wrongValue, "'\(text)' is not a plain absolute path", at: node.range,
          help: "start with / and leave out . and .., doubled and trailing slashes"))
      return nil
    }
    return path
  }
  package static var shape: Shape { .pattern("^/", example: "/etc/example.conf") }
}

/// One value or a list of them: what the naming field of a kind takes.
package struct OneOrMany<Value: FieldValue>: FieldValue {
  /// The values in order, with their places.
  package var values: [(value: Value, range: SourceRange)]

  package static func read(_ node: Node, _ reading: inout Reading) -> OneOrMany? {
    let nodes = node.items ?? [node]
    guard !nodes.isEmpty else {
      reading.mismatch(node, expected: "at least one value")
      return nil
    }
    var values: [(value: Value, range: SourceRange)] = []
    for item in nodes {
      if let value = Value.read(item, &reading) { values.append((value, item.range)) }
    }
    return values.count == nodes.count ? OneOrMany(values: values) : nil
  }
  package static var shape: Shape { .either([Value.shape, .list(Value.shape)]) }
}

extension Array: FieldValue where Element: FieldValue {
  package static func read(_ node: Node, _ reading: inout Reading) -> [Element]? {
    guard let nodes = node.items else {
      reading.mismatch(node, expected: "a list")
      return nil
    }
    let values = nodes.compactMap { Element.read($0, &reading) }
    return values.count == nodes.count ? values : nil
  }
  package static var shape: Shape { .list(Element.shape) }
}

extension Dictionary: FieldValue where Key == String, Value: FieldValue {
  package static func read(_ node: Node, _ reading: inout Reading) -> [String: Value]? {
    guard let entries = node.entries else {
      reading.mismatch(node, expected: "a mapping")
      return nil
    }
    var values: [String: Value] = [:]
    for entry in entries {
      if let value = Value.read(entry.value, &reading) { values[entry.key] = value }
    }
    return values.count == entries.count ? values : nil
  }
  package static var shape: Shape { .mapping(Value.shape) }
}

/// A word out of a closed list.
package protocol Choice: FieldValue, RawRepresentable, CaseIterable where RawValue == String {}

extension Choice {
  package static func read(_ node: Node, _ reading: inout Reading) -> Self? {
    let words = allCases.map(\.rawValue)
    guard let text = reading.text(node, expected: words.joined(separator: ", ")) else { return nil }
    if let value = Self(rawValue: text) { return value }
    reading.report(
      Diagnostic(
        .wrongValue, "'\(text)' is none of \(words.joined(separator: ", "))", at: node.range,
        help: Spelling.nearest(to: text, among: words).map { "did you mean '\($0)'?" }))
    return nil
  }
  package static var shape: Shape { .choice(allCases.map(\.rawValue)) }
}
