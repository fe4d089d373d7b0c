import Testing

@testable import HardenViews

@Suite struct PageTests {
  @Test func `parts are two spaces apart, and nothing is left where nothing is said`() {
    var page = Page(.plain)
    page.line("a", "", "b  ", indent: 2)
    page.line("")
    #expect(page.text == "  a  b\n\n")
  }

  @Test func `gaps are single and never on top`() {
    var page = Page(.plain)
    page.gap()
    page.line("a")
    page.gap()
    page.gap()
    page.heading("b")
    #expect(page.text == "a\n\nb\n")
  }

  @Test func `listing and padding`() {
    #expect(listed(["a", "b\u{1b}", "c"], limit: 2) == #"a, b\x1b and 1 more"#)
    #expect(listed(["a", "b"], limit: 2) == "a, b")
    #expect("ab".padded(to: 4) == "ab  " && "abc".padded(to: 2) == "abc")
  }
}
