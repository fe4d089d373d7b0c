import HardenTestSupport
import Testing

@testable import HardenViews

@Suite struct RoffPageTests {
  /// What `man` makes of a page, and what it complains of.
  private func rendered(_ fill: (inout RoffPage) -> Void) throws -> String {
    var page = RoffPage("a-page", section: 8, version: "1", summary: "what it is")
    page.section("BODY")
    fill(&page)
    return try Shell.run(
      """
      export LC_ALL=C.UTF-8 MANWIDTH=72
      man --warnings=w -E UTF-8 -l -Tutf8 - 2>&1 <<'PAGE' | sed 's/.\\x08//g'
      \(page.text)PAGE
      """)
  }

  @Test func `what the language would take for its own is text`() throws {
    let hostile = [#".SH "x" \n[.g] 'it' -a `b` ^~ … "\"#, "'br", ".", "..", #"\""#]
    let text = try rendered { $0.example(hostile.joined(separator: "\n")) }
    for line in hostile { #expect(text.contains("   \(line)\n"), "\(line) in:\n\(text)") }
    #expect(!text.contains("warning"), "\(text)")
  }

  @Test func `prose is filled, what is indented stands as it is`() throws {
    let text = try rendered {
      $0.paragraphs("One\ntwo `three`.\n  a\n    b\n\nFour.")
      $0.entry("--five", ".six")
      $0.nested { $0.entry("seven", "eight") }
    }
    #expect(text.contains("           a\n             b\n"), "\(text)")
    let words = text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("One two three. a b Four. --five .six seven eight"), "\(words)")
    #expect(!text.contains("warning"), "\(text)")
  }

  @Test func `back quotes are bold`() throws {
    var page = RoffPage("p", section: 5, version: "1", summary: "s")
    page.paragraphs("run `a-b` now")
    #expect(page.text.hasSuffix("run \\fBa\\-b\\fR now\n"))
  }
}
