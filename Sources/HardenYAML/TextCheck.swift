internal import HardenModel

/// Looks at the bytes of a file before any parser does: size, encoding, invisible characters.
enum TextCheck {
  /// More than this many forbidden characters say no more than these.
  private static let enough = 20

  /// What is wrong with `bytes` as text; empty when a parser may see it.
  static func mistakes(in bytes: [UInt8], file: String) -> [Diagnostic] {
    guard bytes.count <= YAMLLimits.bytes else {
      return [
        Diagnostic(
          .tooLarge, "the file is larger than \(YAMLLimits.bytes >> 20) MiB",
          at: SourceRange(file: file, line: 1, column: 1),
          help: "split it and name the parts in include:")
      ]
    }
    var found: [Diagnostic] = []
    var place = SourceRange(file: file, line: 1, column: 1, length: 1)
    var offset = 0
    while offset < bytes.count, found.count < enough {
      let byte = bytes[offset]
      if byte == 0x0A {
        place.line += 1
        place.column = 1
        offset += 1
        continue
      }
      if byte >= 0x20 && byte < 0x7F {
        place.column += 1
        offset += 1
        continue
      }
      guard let (scalar, count) = scalar(at: offset, in: bytes) else {
        found.append(notUTF8(byte, at: place, offset: offset))
        break
      }
      let endsLine = byte == 0x0D && offset + 1 < bytes.count && bytes[offset + 1] == 0x0A
      if !endsLine, let name = ForbiddenCharacter.name(scalar, atStart: offset == 0) {
        found.append(
          Diagnostic(.forbiddenCharacter, "\(name) stands here", at: place, help: "delete it"))
      }
      place.column += 1
      offset += count
    }
    return found
  }

  /// The scalar that begins at `offset` and how many bytes it has; nil where no UTF-8 begins.
  private static func scalar(at offset: Int, in bytes: [UInt8]) -> (Unicode.Scalar, Int)? {
    let count =
      switch bytes[offset] {
      case 0..<0x80: 1
      case 0xC2..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF5: 4
      default: 0
      }
    guard count > 0, offset + count <= bytes.count,
      let text = String(validating: bytes[offset..<offset + count], as: UTF8.self),
      let scalar = text.unicodeScalars.first
    else { return nil }
    return (scalar, count)
  }

  private static func notUTF8(_ byte: UInt8, at place: SourceRange, offset: Int) -> Diagnostic {
    let isUTF16 = offset == 0 && (byte == 0xFE || byte == 0xFF)
    let digits = String(byte, radix: 16)
    return Diagnostic(
      .notUTF8, "the byte 0x\(digits) is not UTF-8", at: place,
      help: isUTF16 ? "the file looks like UTF-16; save it as UTF-8" : "save the file as UTF-8")
  }
}
