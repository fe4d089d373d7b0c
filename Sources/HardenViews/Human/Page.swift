/// Lines of text for people, put together from top to bottom.
struct Page {
  let style: Style
  private var lines: [String] = []

  init(_ style: Style) { self.style = style }

  /// The page with a line feed after every line.
  var text: String { lines.reduce(into: "") { $0 += $1 + "\n" } }

  /// Adds `parts` as one line, two spaces apart; empty parts and spaces at the end leave no trace.
  mutating func line(_ parts: String..., indent: Int = 0) {
    let joined = parts.filter { !$0.isEmpty }.joined(separator: "  ")
    let end = joined.lastIndex { $0 != " " }.map(joined.index(after:)) ?? joined.startIndex
    lines.append(String(repeating: " ", count: indent) + joined[..<end])
  }

  /// Adds an empty line, but never two and never one at the top.
  mutating func gap() {
    if lines.last?.isEmpty == false { lines.append("") }
  }

  /// Starts a stretch of the page.
  mutating func heading(_ text: String) {
    gap()
    line(style.paint(text, .heading))
  }

  /// `text` in the colour of `meaning`.
  func paint(_ text: String, _ meaning: Style.Meaning) -> String { style.paint(text, meaning) }
}

extension String {
  /// At least `width` characters, filled with spaces.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}

/// `names`, escaped, with commas; beyond `limit` only how many more there are.
func listed(_ names: [String], limit: Int = .max) -> String {
  let shown = names.prefix(limit).map(Escaped.text).joined(separator: ", ")
  return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
}
