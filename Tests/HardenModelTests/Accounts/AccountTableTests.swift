import HardenModel
import Testing

@Suite struct AccountTableTests {
  private func table(_ text: String) -> AccountTable { AccountTable(Array(text.utf8)) }
  private func text(_ table: AccountTable) -> String {
    String(decoding: table.content, as: UTF8.self)
  }
  private func row(_ text: String) -> [Bytes] {
    text.split(separator: ":", omittingEmptySubsequences: false).map { Bytes(String($0)) }
  }

  @Test(arguments: [
    "", "a:x:1:", "a:x:1:\n", "# note\n\na:x:1:\nb:x:2:a,c\n", "\n", "a:x\n+::::\n",
  ])
  func `what is not changed keeps every byte`(content: String) {
    #expect(text(table(content)) == content)
  }

  @Test func `bytes that are no text stay`() {
    let bytes = Array("a:x:1:1:".utf8) + [0xE9, 0xFF] + Array(":/:/bin/sh\nb:x:2:\n".utf8)
    var table = AccountTable(bytes)
    table.replace("b", with: [], behind: nil)
    #expect(table.content == bytes.dropLast(7))
    #expect(table.rows(of: "a")[0][4].raw == [0xE9, 0xFF])
  }

  @Test func `a row is found by its whole name`() {
    let file = table("root2:x:0:\n#root:x:1:\nroot:x:2:\n")
    #expect(file.rows(of: "root").map { $0[2].lossy } == ["2"])
    #expect(file.line(of: "root") == 3)
    #expect(file.predecessor(of: "root") == "root2")
    #expect(file.rows(of: "roo").isEmpty)
  }

  @Test func `a row comes back to its place`() {
    let before = "a:x:1:\nb:x:2:\nc:x:3:\n"
    var file = table(before)
    let rows = file.rows(of: "b")
    file.replace("b", with: [], behind: nil)
    #expect(text(file) == "a:x:1:\nc:x:3:\n")
    file.replace("b", with: rows, behind: "a")
    #expect(text(file) == before)
    file.replace("b", with: [], behind: nil)
    file.replace("b", with: rows, behind: "gone")
    #expect(text(file) == "a:x:1:\nc:x:3:\nb:x:2:\n")
  }

  @Test func `a new row ends its line and stands before a directory service`() {
    var open = table("a:x:1:")
    open.replace("b", with: [row("b:x:2:")], behind: nil)
    #expect(text(open) == "a:x:1:\nb:x:2:\n")
    var nis = table("a:x:1:\n+::::::\n")
    nis.replace("b", with: [row("b:x:2:")], behind: nil)
    #expect(text(nis) == "a:x:1:\nb:x:2:\n+::::::\n")
    var empty = table("")
    empty.replace("b", with: [row("b:x:2:")], behind: nil)
    #expect(text(empty) == "b:x:2:\n")
  }

  @Test func `several rows of one name stay together`() {
    var ranges = table("a:1:1\nb:2:1\na:3:1\n")
    #expect(ranges.rows(of: "a").count == 2)
    ranges.replace("a", with: [], behind: nil)
    #expect(text(ranges) == "b:2:1\n")
  }
}
