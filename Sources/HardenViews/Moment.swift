/// Points in time as views print them: always UTC, so that two hosts' outputs can be compared.
enum Moment {
  /// `2026-11-21 09:30 UTC`.
  static func text(_ seconds: Int64) -> String {
    let (day, second) = split(seconds)
    return "\(date(day)) \(two(second / 3600)):\(two(second / 60 % 60)) UTC"
  }

  /// `2026-11-21T09:30:05Z`, as RFC 3339 has it.
  static func rfc3339(_ seconds: Int64) -> String {
    let (day, second) = split(seconds)
    return "\(date(day))T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }

  private static func split(_ seconds: Int64) -> (day: Int64, second: Int64) {
    let second = (seconds % 86_400 + 86_400) % 86_400
    return ((seconds - second) / 86_400, second)
  }

  /// The Gregorian date of a day counted from 1970-01-01; years begin in March while computing, so
  /// that the leap day comes last.
  private static func date(_ day: Int64) -> String {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    let dayOfMonth = ofYear - (153 * month + 2) / 5 + 1
    let calendarMonth = month < 10 ? month + 3 : month - 9
    return
      "\(year + era * 400 + (calendarMonth <= 2 ? 1 : 0))-\(two(calendarMonth))-\(two(dayOfMonth))"
  }

  private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
