import Testing

@testable import HardenModel

@Suite struct FileUnitsTests {
  private let address = Address(kind: "sysctl", name: "kernel.x")

  private func apply(_ format: FileFormat, _ edits: [UnitEdit], _ text: String) -> String {
    String(decoding: format.applying(edits, to: Array(text.utf8)), as: UTF8.self)
  }

  private func line(_ before: String?, _ after: String?) -> UnitEdit {
    UnitEdit(address, unit: before ?? after ?? "", before: before, after: after)
  }

  @Test(arguments: ["a\nb\nc\n", "a\nb\nc", "b\n\nb\n", "b", "b\r\nb\n"])
  func `a line changes and comes back, and no other byte does`(text: String) {
    let changed = apply(.lines, [line("b", "# b")], text)
    #expect(changed != text)
    #expect(apply(.lines, [line("# b", "b")], changed) == text)
  }

  @Test func `a line is added at the end and taken away again`() {
    #expect(apply(.lines, [line(nil, "b")], "a\n") == "a\nb\n")
    #expect(apply(.lines, [line(nil, "b")], "a") == "a\nb\n")
    #expect(apply(.lines, [line("b", nil)], "a\nb\n") == "a\n")
    #expect(apply(.lines, [line("b", nil)], "b\n") == "")
  }

  @Test func `lines stand before, after or neither`() {
    let standing = { (text: String) in
      FileFormat.lines.standings(of: [line("b", "# b")], in: Array(text.utf8)).first
    }
    #expect(standing("a\nb\n") == .before)
    #expect(standing("a\n# b\n") == .after)
    #expect(standing("a\n") == .neither)
    #expect(standing("b\n# b\n") == .neither)
  }
}
