internal import HardenCore
internal import HardenModel

/// A name that people type on command lines: letters, digits, `-`, `_` and `.`.
struct Identifier: Hashable, FieldValue {
  /// The name.
  let text: String

  static func read(_ node: Node, _ reading: inout Reading) -> Identifier? {
    guard let text = reading.text(node, expected: "a name") else { return nil }
    guard isValid(text) else {
      reading.report(
        Diagnostic(
          .wrongValue, "'\(text)' cannot be a name", at: node.range,
          help: "use letters, digits, -, _ and ., beginning with a letter or digit"))
      return nil
    }
    return Identifier(text: text)
  }

  /// Whether `text` has the form of a name.
  static func isValid(_ text: String) -> Bool {
    let plain = { (byte: UInt8) in
      (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39
    }
    return text.utf8.count <= 128 && text.utf8.first.map(plain) == true
      && text.utf8.allSatisfy { plain($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
  }

  // A name such as `12` is a number to an editor's schema and text to the reader.
  static var shape: Shape {
    .either([
      .pattern("^[A-Za-z0-9][A-Za-z0-9._-]*$", example: "kernel-pointers"), .integer(0...Int.max),
    ])
  }
}
