import HardenTestSupport
import Testing

@Suite struct VerbPageTests {
  /// A page as it is read, with one space where there are several or a line ends.
  private func read(_ page: String) throws -> String {
    let said = try Program.shell(
      """
      "$HARDEN" manual \(page) | LC_ALL=C.UTF-8 MANWIDTH=100 man --nh -E UTF-8 -l -Tutf8 - |
        sed 's/.\\x08//g'
      """)
    try #require(said.status == 0, "\(said)")
    return said.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  @Test func `options stand with their values below their headings`() throws {
    let page = try read("harden-plan.8")
    for part in [
      "harden-plan - show what an apply would do, and why ", "harden plan [OPTION …] PLAYBOOKS …",
      "--only NAME Only", " Where --root DIR", "(/ unless given)",
      "(text, json; text unless given)",
      "-h, --help",
      "harden plan baseline.yaml --root /mnt/image SEE",
    ] { #expect(page.contains(part), "\(part) in:\n\(page)") }
    #expect(!page.contains("--library"))
  }

  @Test func `a flag has no value, a positional argument may be left out`() throws {
    let page = try read("harden-rollback.8")
    #expect(page.contains("harden rollback [OPTION …] [NUMBER]"), "\(page)")
    #expect(page.contains("--plan Only show"), "\(page)")
  }

  @Test func `harden itself: its verbs, exit codes and places`() throws {
    let page = try read("harden.8")
    for part in ["VERBS harden-plan(8) Show", "EXIT CODES 0 fine", "/var/lib/harden Every run"] {
      #expect(page.contains(part), "\(part) in:\n\(page)")
    }
  }
}
