/// Days of the Gregorian calendar as `YYYY-MM-DD`, in UTC.
package enum CalendarDay {
  /// The day on which `seconds` since 1970 falls.
  ///
  /// Years are counted from March, so that the leap day is the last of a year.
  package static func text(of seconds: Int64) -> String {
    let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400 + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * march + 2) / 5 + 1
    let month = march < 10 ? march + 3 : march - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// Whether `text` is a day that exists, from 1970 on.
  package static func isValid(_ text: String) -> Bool {
    let parts = text.split(at: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], let year = Int(parts[0]), year >= 1970,
      let month = Int(parts[1]), (1...12).contains(month), let day = Int(parts[2]), day > 0
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return day <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// How many days after 1970-01-01 the day `text` is; nil when there is no such day.
  package static func number(of text: String) -> Int? {
    guard isValid(text) else { return nil }
    let parts = text.split(at: "-").compactMap { Int($0) }
    // January and February belong to the year before, whose last day the leap day is.
    let (month, year) = parts[1] > 2 ? (parts[1] - 3, parts[0]) : (parts[1] + 9, parts[0] - 1)
    let leaps = year / 4 - year / 100 + year / 400
    return year * 365 + leaps + (153 * month + 2) / 5 + parts[2] - 1 - 719_468
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
