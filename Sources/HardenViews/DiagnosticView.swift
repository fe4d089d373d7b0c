package import HardenModel

/// Mistakes as people read them: what, where, the line itself with the place marked, and what to do.
package struct DiagnosticView {
  private let diagnostics: [Diagnostic]
  /// More than these nobody reads; machines get all of them.
  private static let shown = 100
  private let lines: [String: [Substring.UnicodeScalarView]]

  /// A view of `diagnostics`, sorted by file and line; `texts` holds each file's text.
  package init(_ diagnostics: [Diagnostic], texts: [String: String]) {
    self.diagnostics = diagnostics.sorted { Self.key($0) < Self.key($1) }
    let named = Set(diagnostics.compactMap(\.range?.file))
    lines = texts.filter { named.contains($0.key) }.mapValues {
      $0[...].unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    }
  }

  /// Everything as text, ending with how many there are.
  package func text(_ style: Style) -> String {
    var page = Page(style)
    for diagnostic in diagnostics.prefix(Self.shown) {
      show(diagnostic, on: &page)
      page.gap()
    }
    if diagnostics.count > Self.shown {
      page.line("… and \(diagnostics.count - Self.shown) more")
      page.gap()
    }
    let errors = diagnostics.count { $0.severity == .error }
    let counts = [(errors, "error"), (diagnostics.count - errors, "warning")]
      .filter { $0.0 > 0 }.map { counted($0.0, $0.1) }
    if !counts.isEmpty { page.line(counts.joined(separator: ", ")) }
    return page.text
  }

  private func show(_ diagnostic: Diagnostic, on page: inout Page) {
    let meaning: Style.Meaning = diagnostic.severity == .error ? .alarm : .change
    let title = "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]"
    page.line(page.paint(title, meaning) + ": " + Escaped.text(diagnostic.message))
    let excerpt = diagnostic.range.flatMap { range in
      line(range).map { SourceExcerpt($0, column: range.column, length: range.length) }
    }
    let number = diagnostic.range.map { String($0.line) } ?? ""
    let margin = String(repeating: " ", count: excerpt == nil ? 1 : number.count)
    if let range = diagnostic.range { page.line(margin + "--> " + Escaped.text("\(range)")) }
    if let excerpt {
      page.line(page.paint("\(margin) |", .quiet))
      page.line(page.paint("\(number) |", .quiet) + " " + excerpt.line)
      page.line(page.paint("\(margin) |", .quiet) + " " + page.paint(excerpt.marks, meaning))
    }
    for note in diagnostic.notes {
      page.line("\(margin) = note: \(Escaped.text("\(note.message): \(note.range)"))")
    }
    if let help = diagnostic.help { page.line("\(margin) = help: \(Escaped.text(help))") }
  }

  private func line(_ range: SourceRange) -> Substring.UnicodeScalarView? {
    guard let lines = lines[range.file], lines.indices.contains(range.line - 1) else { return nil }
    return lines[range.line - 1]
  }

  /// Files by name; what has no place comes first.
  private static func key(_ diagnostic: Diagnostic) -> (String, Int, Int, String) {
    let range = diagnostic.range
    return (range?.file ?? "", range?.line ?? 0, range?.column ?? 0, diagnostic.code.rawValue)
  }
}
