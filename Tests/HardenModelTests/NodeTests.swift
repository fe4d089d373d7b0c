import HardenModel
import Testing

@Suite struct NodeTests {
  private let at = SourceRange(file: "f", line: 1, column: 1)

  @Test func `each content answers for itself alone`() {
    let text = Node(.scalar("a", quoted: false), at: at)
    let list = Node(.sequence([text]), at: at)
    let mapping = Node(.mapping([Node.Entry(key: "k", keyRange: at, value: text)]), at: at)
    #expect(text.text == "a" && text.items == nil && text.entries == nil && text.shape == "text")
    #expect(list.text == nil && list.items == [text] && list["k"] == nil && list.shape == "a list")
    #expect(mapping["k"] == text && mapping["j"] == nil && mapping.shape == "a mapping")
  }
}
