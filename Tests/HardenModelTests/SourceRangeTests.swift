import HardenModel
import Testing

@Suite struct SourceRangeTests {
  @Test func `it reads as editors take it`() {
    #expect(SourceRange(file: "a.yaml", line: 3, column: 7, length: 2).description == "a.yaml:3:7")
  }
}
