internal import HardenModel

/// Text as a playbook holds it, so that reading gives it back.
package enum YAMLText {
  /// `text` as a scalar on one line, without quotes only where every reader takes it for text;
  /// nil where no playbook may hold it.
  package static func scalar(_ text: String) -> String? {
    guard isAllowed(text) else { return nil }
    return isPlain(text) && !looksTyped(text) ? text : quoted(text)
  }

  /// The same for text that is a number, or several, and is to be read as such.
  package static func number(_ text: String) -> String? {
    guard isAllowed(text) else { return nil }
    let isNegative = text.hasPrefix("-") && text.dropFirst().first?.isNumber == true
    return isPlain(isNegative ? String(text.dropFirst()) : text) ? text : quoted(text)
  }

  /// The lines of `text` as a literal block, each behind `indent`, with what announces it; nil where
  /// a block would not give it back.
  package static func block(_ text: String, indent: String) -> (head: String, lines: [String])? {
    let isPlainBlock = text.utf8.contains(0x0A) && !text.utf8.contains(0x0D) && isAllowed(text)
    guard isPlainBlock, let first = text.utf8.first, ![0x20, 0x09, 0x0A].contains(first),
      !text.hasSuffix("\n\n"), text.unicodeScalars.allSatisfy({ !isEscaped($0) })
    else { return nil }
    let isEnded = text.hasSuffix("\n")
    let lines = (isEnded ? text.dropLast() : text[...])
      .split(at: "\n", omittingEmptySubsequences: false)
    return (isEnded ? "|" : "|-", lines.map { $0.isEmpty ? "" : indent + $0 })
  }

  /// `text` for the rest of a line behind `#`; what a playbook may not hold is spelled out.
  package static func comment(_ text: String) -> String {
    var comment = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": comment += "\\n"
      case "\t": comment += "\\t"
      case _ where ForbiddenCharacter.name(scalar) != nil || isEscaped(scalar):
        comment += "\\u{\(String(scalar.value, radix: 16))}"
      default: comment.unicodeScalars.append(scalar)
      }
    }
    return comment
  }

  // MARK: Characters

  /// Whether a playbook may hold `text`; bytes that are no UTF-8 have left a mark in it.
  private static func isAllowed(_ text: String) -> Bool {
    text.utf8.count <= YAMLLimits.scalar
      && text.unicodeScalars.allSatisfy {
        ForbiddenCharacter.name($0) == nil && $0 != "\u{FFFD}"
      }
  }

  /// Whether `scalar` cannot be told from others by looking, or is none that a parser takes.
  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    guard !scalar.isASCII else { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned,
      .privateUse, .surrogate:
      return true
    default: return scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// Whether no character of `text` says anything to a parser, wherever it stands.
  private static func isPlain(_ text: String) -> Bool {
    let isWord = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
    guard let first = text.utf8.first, let last = text.utf8.last, last != 0x20 else { return false }
    return (isWord(first) || first == 0x2F || first == 0x2E || first == 0x5F)
      && text.utf8.allSatisfy { isWord($0) || "_./+-=^@% ".utf8.contains($0) }
  }

  /// Whether a reader that guesses at types may take `text` for something else.
  private static func looksTyped(_ text: String) -> Bool {
    if text.utf8.first.map({ (0x30...0x39).contains($0) || $0 == 0x2E }) == true {
      return !text.contains(" ") && !text.contains("/")
    }
    return ["true", "false", "yes", "no", "on", "off", "y", "n", "null"].contains(text.lowercased())
  }

  /// In quotes as JSON has them, which every YAML reader takes, and nothing in it that is not seen.
  private static func quoted(_ text: String) -> String {
    JSONFile.quoted(text).unicodeScalars.reduce(into: "") { quoted, scalar in
      if isEscaped(scalar) {
        quoted += escape(scalar)
      } else {
        quoted.unicodeScalars.append(scalar)
      }
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    let width = scalar.value > 0xFFFF ? 8 : 4
    return (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count)
      + digits
  }
}
