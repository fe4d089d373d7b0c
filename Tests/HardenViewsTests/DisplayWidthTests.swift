import Testing

@testable import HardenViews

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("コン", 4), ("한", 2), ("👧", 2),
    ("ﾊ", 1), ("\u{3000}", 2),
  ])
  func `columns are those of a terminal`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }
}
