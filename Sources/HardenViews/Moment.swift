internal import HardenModel

/// Points in time as views print them: always UTC, so that two hosts' outputs can be compared.
enum Moment {
  /// `2026-11-21 09:30 UTC`.
  static func text(_ seconds: Int64) -> String {
    let second = ofDay(seconds)
    return "\(CalendarDay.text(of: seconds)) \(two(second / 3600)):\(two(second / 60 % 60)) UTC"
  }

  /// `2026-11-21T09:30:05Z`, as RFC 3339 has it.
  static func rfc3339(_ seconds: Int64) -> String {
    let second = ofDay(seconds)
    return
      "\(CalendarDay.text(of: seconds))T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }

  private static func ofDay(_ seconds: Int64) -> Int64 { (seconds % 86_400 + 86_400) % 86_400 }

  private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
