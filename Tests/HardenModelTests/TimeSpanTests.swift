import HardenModel
import Testing

@Suite struct TimeSpanTests {
  @Test(arguments: [
    ("1s", 1), ("90s", 90), ("5m", 300), ("2h", 7200), ("168h", 604_800), ("05m", 300),
  ])
  func `a number with its unit is read`(text: String, seconds: Int64) {
    #expect(TimeSpan(text)?.seconds == seconds)
  }

  @Test(arguments: [
    "", "5", "m", "0s", "-5s", "+5s", "1.5h", "5 m", "5d", "169h", "9999999s", "٥s",
  ])
  func `everything else is none`(text: String) {
    #expect(TimeSpan(text) == nil)
  }

  @Test(arguments: [(90, "90s"), (300, "5m"), (7200, "2h"), (3660, "61m"), (0, "0s")])
  func `it is printed in the largest unit that fits`(seconds: Int64, text: String) {
    #expect(TimeSpan(seconds: seconds).description == text)
  }
}
