import HardenTestSupport
import Testing

@Suite struct VerbPageTests {
  /// A page as it is read.
  private func read(_ page: String) throws -> String {
    let said = try Program.shell(
      """
      "$HARDEN" manual \(page) | LC_ALL=C.UTF-8 MANWIDTH=100 man -E UTF-8 -l -Tutf8 - |
        sed 's/.\\x08//g'
      """)
    try #require(said.status == 0, "\(said)")
    return said.output
  }

  @Test func `options stand with their values below their headings`() throws {
    let page = try read("harden-plan.8")
    for part in [
      "harden-plan - show what an apply would do, and why\n", "harden plan [OPTION …] PLAYBOOKS …",
      "--only NAME\n", "   Where\n", "(/ unless given)", "(text, json; text unless given)",
      "-h, --help",
      "harden plan baseline.yaml --root /mnt/image\n",
    ] { #expect(page.contains(part), "\(part) in:\n\(page)") }
    #expect(!page.contains("--library"))
  }

  @Test func `a flag has no value, a positional argument may be left out`() throws {
    let page = try read("harden-rollback.8")
    #expect(page.contains("harden rollback [OPTION …] [NUMBER]"), "\(page)")
    #expect(page.contains("--plan\n") || page.contains("--plan  "), "\(page)")
  }

  @Test func `harden itself: its verbs, exit codes and places`() throws {
    let page = try read("harden.8")
    for part in ["VERBS\n", "harden-apply(8)", "EXIT CODES\n", "/var/lib/harden\n"] {
      #expect(page.contains(part), "\(part) in:\n\(page)")
    }
  }
}
