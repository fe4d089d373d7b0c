import Foundation
import Testing

@testable import HardenSystem

@Suite struct CalendarDayTests {
  @Test func `days agree with a calendar for two centuries`() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    for days in stride(from: 0, to: 73_000, by: 7) {
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(days) * 86_400))
      let text = String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
      #expect(CalendarDay.text(daysSince1970: days) == text)
      #expect(CalendarDay.isValid(text))
    }
  }

  @Test(arguments: [
    "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-01", "2026-04-31", "2026-1-01", "26-01-01",
    "2026-01-00", "", "2026/01/01", "2026-01-01-", "+026-01-01",
  ])
  func `days that do not exist are refused`(text: String) { #expect(!CalendarDay.isValid(text)) }

  @Test func `leap days exist`() {
    #expect(CalendarDay.isValid("2028-02-29") && CalendarDay.isValid("2000-02-29"))
  }

  @Test func `today is today`() {
    #expect(CalendarDay.isValid(CalendarDay.today) && CalendarDay.today > "2025")
  }
}
