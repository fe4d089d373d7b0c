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
        Diagnostic(
          .wrongType, "expected true or false, found '\(text)'", at: node.range, help: help))
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
    reading.report(
      Diagnostic(.ambiguousMode, "ambiguous file mode '\(text)'", at: node.range, help: help))
    return nil
  }
  package static var shape: Shape { .pattern("^[0-7]{4}$", example: "0644") }
}

extension Principal: FieldValue {
  package static func read(_ node: Node, _ reading: inout Reading) -> Principal? {
    guard let text = reading.text(node, expected: "the name of an account") else { return nil }
    if let id = UInt32(text), id != .max { return .id(id) }
    guard AccountName.isValid(text) else {
      reading.report(
        Diagnostic(.wrongValue, "'\(text)' cannot be the name of an account", at: node.range))
      return nil
    }
    return .name(text)
  }
  package static var shape: Shape {
    .either([
      .pattern("^[a-zA-Z_][a-zA-Z0-9_.-]*\\$?$", example: "root"), .integer(0...0xFFFF_FFFE),
    ])
  }
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
    var values = [String: Value](minimumCapacity: entries.count)
    for entry in entries {
      if let value = Value.read(entry.value, &reading) { values[entry.key] = value }
    }
    return values.count == entries.count ? values : nil
  }
  package static var shape: Shape { .mapping(Value.shape) }
}
