import HardenCore
import HardenResources
import Testing

@testable import HardenPlaybook

@Suite struct FoundEntryTests {
  private func lines(_ kind: any ResourceKind.Type, _ fields: [FoundField]) -> String? {
    FoundEntry(kind).lines(fields)?.joined(separator: "\n")
  }

  @Test func `a short entry is one line, a long one has its fields below it`() {
    let fields = [
      FoundField("path", .text("/tmp")), FoundField("options", .list([.text("nosuid")])),
    ]
    #expect(lines(Mount.self, fields) == "      - mount: {path: /tmp, options: [nosuid]}")
    let long = String(repeating: "x", count: 110)
    #expect(
      lines(Link.self, [FoundField("path", .text("/a")), FoundField("target", .text(long))])
        == "      - link:\n          path: /a\n          target: \(long)")
  }

  @Test func `text of several lines stands as it is`() {
    #expect(
      lines(
        File.self, [FoundField("path", .text("/a")), FoundField("content", .text("b\n\n c\n"))])
        == "      - file:\n          path: /a\n          content: |\n            b\n\n             c"
    )
  }

  @Test func `what would be replaced is written so that it is not`() {
    #expect(
      lines(Link.self, [FoundField("target", .text("$${x} $x"))])
        == "      - link: {target: \"$$${x} $x\"}")
    #expect(
      lines(File.self, [FoundField("content", .text("${x}"))])
        == "      - file: {content: \"${x}\"}")
  }

  @Test func `pairs of a mapping stand below one head`() {
    let entry = FoundEntry(Sysctl.self)
    #expect(
      entry.head([FoundField("persist", .flag(false))], mapping: "set")
        == ["      - sysctl:", "          persist: false", "          set:"])
    #expect(
      entry.line(Found.Member(of: "set", FoundField("a.b", .number("4 2"))))
        == "            a.b: 4 2")
  }

  @Test func `what no playbook may hold gives no entry`() {
    #expect(lines(Link.self, [FoundField("path", .text("/\u{1B}"))]) == nil)
    #expect(lines(Mount.self, [FoundField("options", .list([.text("\u{0}")]))]) == nil)
  }
}
