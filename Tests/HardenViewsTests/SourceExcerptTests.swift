import Testing

@testable import HardenViews

@Suite struct SourceExcerptTests {
  private func excerpt(_ line: String, _ column: Int, _ length: Int) -> SourceExcerpt {
    SourceExcerpt(line[...].unicodeScalars, column: column, length: length)
  }

  @Test func `marks stand below what is meant`() {
    #expect(excerpt("a: bad", 4, 3).marks == "   ^^^")
    #expect(excerpt("漢: bad", 4, 3).marks == "    ^^^")
    #expect(excerpt("e\u{301}: 漢字", 5, 2).marks == "   ^^^^")
    #expect(excerpt("\tx", 2, 1).marks == "    ^")
  }

  @Test func `a place at or behind the end still has a mark`() {
    #expect(excerpt("a:", 3, 0).marks == "  ^")
    #expect(excerpt("", 1, 5).marks == "^")
    #expect(excerpt("ab", 99, 5).marks == "  ^")
    #expect(excerpt("ab\r", 3, 1).line == "ab")
  }

  @Test func `what hides is shown and counted as shown`() {
    let found = excerpt("a\u{202E}b", 3, 1)
    #expect(found.line == "a\\u{202e}b")
    #expect(found.marks == "         ^")
  }

  @Test func `long lines are cut around the place`() {
    let line = String(repeating: "x", count: 5000) + "BAD" + String(repeating: "y", count: 5000)
    let found = excerpt(line, 5001, 3)
    #expect(found.line.hasPrefix("…x") && found.line.hasSuffix("y…"))
    #expect(found.line.count < 110)
    #expect(found.marks == String(repeating: " ", count: 41) + "^^^")
    #expect(excerpt(line, 1, 9000).marks.count <= 40)
  }
}
