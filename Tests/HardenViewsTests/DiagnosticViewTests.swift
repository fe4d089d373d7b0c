import HardenModel
import Testing

@testable import HardenViews

@Suite struct DiagnosticViewTests {
  private func at(_ line: Int, _ column: Int, _ length: Int = 1, file: String = "a.yaml")
    -> SourceRange
  {
    SourceRange(file: file, line: line, column: column, length: length)
  }

  @Test func `a diagnostic shows its line, its help and its notes`() {
    let diagnostic = Diagnostic(
      .unknownKey, "unknown key 'valeu' in sysctl", at: at(2, 12, 5), help: "did you mean 'value'?",
      notes: [Diagnostic.Note("see here", at: at(1, 1))])
    let view = DiagnosticView([diagnostic], texts: ["a.yaml": "x: 1\n  - 漢字: {valeu: 2}\n"])
    #expect(
      view.text(.plain) == """
        error[H0101]: unknown key 'valeu' in sysctl
         --> a.yaml:2:12
          |
        2 |   - 漢字: {valeu: 2}
          |              ^^^^^
          = note: see here: a.yaml:1:1
          = help: did you mean 'value'?

        1 error

        """)
  }

  @Test func `they come by file and line, with their number at the end`() {
    let view = DiagnosticView(
      [
        Diagnostic(.waiverExpired, "four", at: at(1, 1, file: "b.yaml")),
        Diagnostic(.wrongType, "three", at: at(10, 1)), Diagnostic(.wrongType, "two", at: at(9, 1)),
        Diagnostic(.wrongType, "one", at: nil),
      ], texts: [:])
    let titles = view.text(.plain).split(separator: "\n").filter { $0.contains("[H") }
    #expect(titles.map { $0.split(separator: " ").last } == ["one", "two", "three", "four"])
    #expect(view.text(.plain).hasSuffix("\n3 errors, 1 warning\n"))
    #expect(DiagnosticView([], texts: [:]).text(.plain) == "")
  }

  @Test func `nothing of it steers the terminal`() {
    let diagnostic = Diagnostic(
      .wrongType, "a\u{1B}[2J", at: at(1, 1, file: "x\u{7}"), help: "b\u{9B}c")
    let text = DiagnosticView([diagnostic], texts: ["x\u{7}": "\u{1B}]0;t\u{7}"]).text(.plain)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !Escaped.isHidden($0) })
  }

  @Test func `thousands on one long line are shown in no time`() {
    let line = String(repeating: "x, ", count: 100_000)
    let all = (1...5000).map { Diagnostic(.tag, "t", at: at(1, $0 * 3)) }
    let view = DiagnosticView(all, texts: ["a.yaml": line])
    let clock = ContinuousClock()
    var text = ""
    let time = clock.measure { text = view.text(.plain) }
    #expect(time < .seconds(2), "\(time)")
    #expect(text.contains("… and 4900 more") && text.hasSuffix("5000 errors\n"))
  }
}
