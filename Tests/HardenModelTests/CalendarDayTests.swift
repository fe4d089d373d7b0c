import Foundation
import HardenModel
import HardenTestSupport
import Testing

@Suite struct CalendarDayTests {
  @Test func `days agree with the system's calendar over a thousand years`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    for _ in 0..<2000 {
      let seconds = Int64.random(in: -11_644_473_600...32_000_000_000, using: &random)
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(seconds)))
      let text = String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
      #expect(CalendarDay.text(of: seconds) == text, "\(seconds), seed \(seed)")
      if seconds >= 0 { #expect(CalendarDay.isValid(text), "\(text), seed \(seed)") }
    }
  }

  @Test(arguments: [
    (Int64(0), "1970-01-01"), (-1, "1969-12-31"), (951_782_399, "2000-02-28"),
    (951_782_400, "2000-02-29"), (4_107_542_399, "2100-02-28"), (4_107_542_400, "2100-03-01"),
  ])
  func `a day begins at midnight`(seconds: Int64, day: String) {
    #expect(CalendarDay.text(of: seconds) == day)
  }

  @Test(arguments: [
    "2027-02-29", "2100-02-29", "2027-13-01", "2027-00-01", "2027-04-31", "2027-04-00", "27-04-01",
    "2027-4-01", "2027-04-01 ", "tomorrow", "", "1969-12-31", "2027/04/01",
  ])
  func `days that do not exist are refused`(text: String) { #expect(!CalendarDay.isValid(text)) }

  @Test func `leap days exist in leap years`() {
    #expect(CalendarDay.isValid("2028-02-29") && CalendarDay.isValid("2000-02-29"))
  }

  @Test func `numbers of days go there and back`() {
    #expect(CalendarDay.number(of: "1970-01-01") == 0)
    #expect(CalendarDay.number(of: "2000-02-29") == 11_016)
    #expect(CalendarDay.number(of: "2023-02-29") == nil)
    for days in stride(from: 0, to: 60_000, by: 13) {
      #expect(CalendarDay.number(of: CalendarDay.text(of: Int64(days) * 86_400)) == days)
    }
  }
}
