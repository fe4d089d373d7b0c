internal import HardenModel

/// A page of the manual, in the language of man(7).
///
/// Text in back quotes is set bold, lines that begin with a space stand as they are.
package struct RoffPage {
  /// The page so far, ending in a line feed.
  package private(set) var text: String

  /// The page `name` of `section`, which says `summary` in one line.
  package init(_ name: String, section: Int, version: String, summary: String) {
    let title = Self.verbatim(name.uppercased())
    text =
      ".TH \(title) \(section) \"\" \"harden \(version)\" \"harden\"\n.SH NAME\n"
      + "\(Self.verbatim(name)) \\- \(Self.prose(summary))\n"
  }

  /// Begins a section.
  package mutating func section(_ title: String) { text += ".SH \(Self.verbatim(title))\n" }

  /// Begins a part of a section.
  package mutating func part(_ title: String) { text += ".SS \(Self.verbatim(title))\n" }

  /// Paragraphs, between which `prose` has empty lines.
  package mutating func paragraphs(_ prose: String) {
    for block in prose.split(separator: "\n\n") {
      var lines = block.split(at: "\n")[...]
      while let first = lines.first {
        let run = lines.prefix { $0.hasPrefix(" ") == first.hasPrefix(" ") }
        lines = lines.dropFirst(run.count)
        if first.hasPrefix(" ") {
          let indent = run.map { $0.prefix { $0 == " " }.count }.min() ?? 0
          example(run.map { $0.dropFirst(indent) }.joined(separator: "\n"))
        } else {
          text += ".PP\n\(Self.prose(run.joined(separator: "\n")))\n"
        }
      }
    }
  }

  /// Lines as they stand.
  package mutating func example(_ lines: String) {
    text += ".PP\n.RS 4\n.EX\n\(Self.verbatim(lines))\n.EE\n.RE\n"
  }

  /// A word in bold with what is said about it beside.
  package mutating func entry(_ term: String, _ about: String) {
    text += ".TP\n.B \(Self.verbatim(term))\n\(Self.prose(about))\n"
  }

  /// Entries that `body` makes belong to the entry before.
  package mutating func nested(_ body: (inout RoffPage) -> Void) {
    text += ".RS\n"
    body(&self)
    text += ".RE\n"
  }

  /// `text` with what is between back quotes in bold.
  private static func prose(_ text: String) -> String {
    let parts = text.split(at: "`", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      let part = verbatim(String(part))
      return index.isMultiple(of: 2) ? part : "\\fB\(part)\\fR"
    }.joined()
  }

  /// `text` with nothing in it that the language would take for its own; a point at the start of a
  /// line would begin a request.
  private static func verbatim(_ text: String) -> String {
    let lines = Escaped.block(text).split(at: "\n", omittingEmptySubsequences: false)
    return lines.map { $0.hasPrefix(".") ? "\\&" + spelled($0) : spelled($0) }
      .joined(separator: "\n")
  }

  private static func spelled(_ line: Substring) -> String {
    line.reduce(into: "") { out, character in
      switch character {
      case "\\": out += "\\e"
      case "-": out += "\\-"
      case "'": out += "\\(aq"
      case "`": out += "\\(ga"
      case "^": out += "\\(ha"
      case "~": out += "\\(ti"
      case "\"": out += "\\(dq"
      default: out.append(character)
      }
    }
  }
}
