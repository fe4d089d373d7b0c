import HardenViews
import Testing

@Suite struct StyleTests {
  @Test(arguments: [
    Style.Meaning.heading, .good, .change, .alarm, .quiet,
  ])
  func `colour goes on and off again, and only where asked`(meaning: Style.Meaning) {
    #expect(Style.plain.paint("x", meaning) == "x")
    #expect(Style.coloured.paint("x", meaning) == "\u{1b}[\(meaning.rawValue)mx\u{1b}[0m")
    #expect(Style.coloured.paint("", meaning).isEmpty)
  }
}
