import HardenTestSupport
import Testing

@Suite struct ManualVerbTests {
  @Test func `man renders every page without a complaint`() throws {
    let said = try Program.shell(
      """
      export LC_ALL=C.UTF-8
      for page in $("$HARDEN" manual); do
        "$HARDEN" manual "$page" > "/tmp/$$.$page" || echo "$page: exit $?"
        man --warnings=w -E UTF-8 -l -Tutf8 "/tmp/$$.$page" 2>&1 >/dev/null | sed "s/^/$page: /"
        lexgrog "/tmp/$$.$page" >/dev/null || echo "$page has no place in the index"
        rm "/tmp/$$.$page"
      done
      """)
    #expect(said.status == 0 && said.output == "" && said.messages == "", "\(said)")
  }

  @Test func `every verb that people see has a page, and no other`() throws {
    let pages = try Program.run(["manual"]).output.split(separator: "\n")
    let harden = try Program.run(["manual", "harden.8"]).output
    for page in pages where page.hasPrefix("harden-") && page.hasSuffix(".8") {
      #expect(harden.contains("\n.B \(page.dropLast(2).replacing("-", with: "\\-"))(8)\n"))
    }
    #expect(pages.contains("harden-plan.8") && pages.contains("harden-playbook.5"))
    #expect(!pages.contains { $0.contains("guard") || $0.contains("manual") })
  }

  @Test func `a page that does not exist is a wrong command line`() throws {
    let said = try Program.run(["manual", "harden-guard.8"])
    #expect(said.status == 64 && said.messages.contains("there is no page"), "\(said)")
  }
}
