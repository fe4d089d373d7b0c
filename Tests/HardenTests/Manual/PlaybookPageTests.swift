import HardenTestSupport
import Testing

@Suite struct PlaybookPageTests {
  @Test func `every kind has its part, and what contains keys names them`() throws {
    let page = try Program.run(["manual", "harden-playbook.5"]).output
    let kinds = try Program.run(["kinds"]).output.split(separator: "\n").map {
      $0.prefix { $0 != " " }
    }
    for kind in kinds { #expect(page.contains("\n.SS \(kind)\n"), "\(kind)") }
    for key in ["controls", "severity", "waivers", "ticket", "os_family", "forbid"] {
      #expect(page.contains("\n.B \(key)\n"), "\(key)")
    }
  }
}
