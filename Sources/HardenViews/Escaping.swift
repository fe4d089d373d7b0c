/// Text for people in which nothing is hidden and nothing steers the terminal.
///
/// Playbooks, paths, values and names of accounts are written by others; every view passes them
/// through here, so the only control sequences in the output are harden's own.
package enum Escaped {
  /// `text` on one line: line ends and tabs are shown as `\n` and `\t`.
  package static func text(_ text: String) -> String { escape(text, keepingLines: false) }

  /// `text` with its line feeds and tabs kept, everything else as in ``text(_:)``.
  package static func block(_ text: String) -> String { escape(text, keepingLines: true) }

  /// `bytes` on one line; those that are not UTF-8 are shown as `\x9b`.
  package static func bytes(_ bytes: [UInt8]) -> String {
    if bytes.allSatisfy(isPlain) { return String(decoding: bytes, as: UTF8.self) }
    var out = ""
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.makeIterator()
    var position = 0
    while true {
      switch parser.parseScalar(from: &input) {
      case .valid(let encoded):
        append(UTF8.decode(encoded), to: &out, keepingLines: false)
        position += encoded.count
      case .error(let length):
        for byte in bytes[position..<position + length] { out += "\\x" + hex(UInt32(byte), 2) }
        position += length
      case .emptyInput: return out
      }
    }
  }

  /// Whether `scalar` would be invisible, move the cursor or reorder its neighbours.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return !isPlain(UInt8(scalar.value)) }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse,
      .surrogate:
      return true
    case .spaceSeparator: return scalar != "\u{3000}"
    default: return scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func escape(_ text: String, keepingLines: Bool) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    var out = ""
    for scalar in text.unicodeScalars { append(scalar, to: &out, keepingLines: keepingLines) }
    return out
  }

  private static func append(
    _ scalar: Unicode.Scalar, to out: inout String, keepingLines: Bool
  ) {
    switch scalar {
    case "\n": out += keepingLines ? "\n" : "\\n"
    case "\t": out += keepingLines ? "\t" : "\\t"
    case "\r": out += "\\r"
    case _ where !isHidden(scalar): out.unicodeScalars.append(scalar)
    case _ where scalar.isASCII: out += "\\x" + hex(scalar.value, 2)
    default: out += "\\u{" + hex(scalar.value, 1) + "}"
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }

  private static func hex(_ value: UInt32, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
