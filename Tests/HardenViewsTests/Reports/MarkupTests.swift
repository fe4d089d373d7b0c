import Testing

@testable import HardenViews

@Suite struct MarkupTests {
  @Test(arguments: [
    ("a & b", "a &amp; b"), ("<script>", "&lt;script&gt;"),
    ("\"x\" 'y'", "&quot;x&quot; &#39;y&#39;"),
    ("\u{1}\u{1b}[2J", "\\x01\\x1b[2J"), ("\u{202e}evil", "\\u{202e}evil"), ("ünï", "ünï"),
    ("]]>", "]]&gt;"), ("\u{fffe}", "\\u{fffe}"),
  ])
  func `nothing in a text is markup, and nothing hides`(text: String, written: String) {
    #expect(Markup.text(text) == written)
  }

  @Test func `attributes are written out too`() {
    #expect(Markup.tag("a", ["b": "\"><x", "c": "1"]) == "<a b=\"&quot;&gt;&lt;x\" c=\"1\">")
  }
}
