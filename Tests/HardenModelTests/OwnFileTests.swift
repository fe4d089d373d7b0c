import Testing

@testable import HardenModel

@Suite struct OwnFileTests {
  private func parts(_ text: String) -> [String] {
    OwnFile.parts(Array(text.utf8), header: "# ours\n") { line in
      line.first == UInt8(ascii: "=") ? "a unit" : nil
    }.map { "\($0.unit ?? "-"): \(OwnFile.text($0.lines))" }
  }

  @Test func `a block is a comment of ours and the line behind it`() {
    let block = OwnFile.block("=1", playbook: "base", control: "one")
    #expect(block == "# harden: base/one\n=1")
    #expect(parts("# other\n\(block)\n=2\n") == ["-: # other", "a unit: \(block)", "-: =2"])
    #expect(parts("# harden: base/one\nnone\n") == ["-: # harden: base/one", "-: none"])
    #expect(parts("# harden: base/one") == ["-: # harden: base/one"])
  }

  @Test func `a file that is not there begins with the header`() {
    #expect(parts("") == ["-: # ours"])
  }

  @Test(arguments: ["", "\n", "# a\n", "# harden: b/c\n=1\nx\n", "\n\nx\n"])
  func `what is taken apart and joined is the same`(_ text: String) {
    let parts = OwnFile.parts(Array(text.utf8), header: "") { _ in "unit" }
    #expect(OwnFile.content(parts.flatMap(\.lines)) == Array(text.utf8))
  }
}
