/// What our own files have in common: a header, then blocks of a comment that names the control and
/// one line; lines that belong to no block stay where they are.
enum OwnFile {
  /// A block, or one line that is none.
  struct Part {
    /// What the block is named by.
    var unit: String?
    var lines: [[UInt8]]
  }

  private static let tag = "# harden: "

  /// Takes `content` apart, or `header` where there is none; `unit` names the line of a block, nil
  /// for what can be no such line.
  static func parts(
    _ content: [UInt8], header: String, unit: ([UInt8]) -> String?
  ) -> [Part] {
    let lines = FileLines(content.isEmpty ? Array(header.utf8) : content).lines
    var parts: [Part] = []
    var index = 0
    while index < lines.count {
      if lines[index].starts(with: tag.utf8), index + 1 < lines.count,
        let unit = unit(lines[index + 1])
      {
        parts.append(Part(unit: unit, lines: Array(lines[index...index + 1])))
        index += 2
      } else {
        parts.append(Part(lines: [lines[index]]))
        index += 1
      }
    }
    return parts
  }

  /// The text of a block.
  static func block(_ line: String, playbook: String, control: String) -> String {
    "\(tag)\(playbook)/\(control)\n\(line)"
  }

  /// The text of a block with `lines`.
  static func text(_ lines: [[UInt8]]) -> String {
    String(decoding: Array(lines.joined(separator: [0x0A])), as: UTF8.self)
  }

  /// The bytes of a file with `lines`.
  static func content(_ lines: [[UInt8]]) -> [UInt8] {
    Array(lines.joined(separator: [0x0A])) + (lines.isEmpty ? [] : [0x0A])
  }
}
