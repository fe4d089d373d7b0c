import HardenModel
import Testing

@testable import HardenYAML

@Suite struct TreeBuilderTests {
  private func built(_ text: String) -> (Node?, [Diagnostic]) {
    var builder = TreeBuilder(Array(text.utf8), file: "f")
    let node = builder.document()
    return (node, builder.mistakes)
  }

  @Test func `depth is limited to the last level`() {
    let allowed = String(repeating: "[", count: 31) + "x" + String(repeating: "]", count: 31)
    #expect(built(allowed).1 == [])
    #expect(built("[" + allowed + "]").1.map(\.code) == [.tooLarge])
  }

  @Test func `values are limited to the last one`() {
    #expect(built(String(repeating: "- x\n", count: 19_999)).1 == [])
    #expect(built(String(repeating: "- x\n", count: 20_000)).1.map(\.code) == [.tooLarge])
  }

  @Test func `text is limited to the last byte`() {
    #expect(built("a: " + String(repeating: "x", count: 65_536)).1 == [])
    #expect(built("a: " + String(repeating: "x", count: 65_537)).1.map(\.code) == [.tooLarge])
  }

  @Test func `the first of two keys counts, and the note names it`() throws {
    let (node, mistakes) = built("a: 1\nb: 2\na: 3\n")
    #expect(node?["a"]?.text == "1")
    let mistake = try #require(mistakes.first)
    #expect(mistake.range?.line == 3)
    #expect(mistake.notes.first?.range.line == 1)
  }

  @Test func `a quoted merge key is a key`() {
    let (node, mistakes) = built("\"<<\": x\n")
    #expect(mistakes == [])
    #expect(node?["<<"]?.text == "x")
  }

  @Test func `keys are text`() {
    #expect(built("[a]: 1\n").1.map(\.code) == [.wrongType])
    #expect(built("? {a: b}\n: 1\n").1.map(\.code) == [.wrongType])
  }

  @Test func `escapes do not bring in what text may not hold`() {
    #expect(built("a: \"\\u202e\"\n").1.map(\.code) == [.forbiddenCharacter])
    #expect(built("a: \"\\n\\t\"\n").1 == [])
  }

  @Test func `a tag directive is a tag`() {
    #expect(built("%TAG ! tag:x,2000:\n---\na: 1\n").1.map(\.code) == [.tag])
    #expect(built("%YAML 1.2\n---\na: 1\n").1 == [])
  }

  @Test func `a value that is missing is reported at its key`() {
    let (node, mistakes) = built("a:\nb: 1\n")
    #expect(mistakes.first?.range == SourceRange(file: "f", line: 1, column: 1, length: 1))
    #expect(node?["a"]?.range == mistakes.first?.range)
  }
}
