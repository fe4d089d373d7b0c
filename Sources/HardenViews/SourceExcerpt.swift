/// One line of a file, escaped, with marks below a stretch of it.
struct SourceExcerpt {
  /// The line, cut to what a terminal shows.
  let line: String
  /// Spaces and carets.
  let marks: String

  /// How much of a long line is shown before and after the stretch, in columns.
  private static let before = 50
  private static let after = 45

  /// `line` with `length` scalars marked from `column` on, which is counted from 1.
  init(_ line: Substring.UnicodeScalarView, column: Int, length: Int) {
    var shown = line.last == "\r" ? Array(line.dropLast()) : Array(line)
    let first = min(column - 1, shown.count)
    let last = min(first + max(length, 1), max(shown.count, first + 1))
    let end = Self.cut(shown, from: min(last, shown.count), by: 1, columns: Self.after)
    let isCut = end < shown.count
    shown.removeSubrange(end...)
    let start = Self.cut(shown, from: min(first, shown.count), by: -1, columns: Self.before)
    let head = start > 0 ? "…" : ""
    let text = { (scalars: ArraySlice<Unicode.Scalar>) in
      scalars.reduce(into: "") { $0 += Self.visible($1) }
    }
    let stop = min(last, shown.count)
    let left = head + text(shown[start..<min(first, stop)])
    let middle = text(shown[min(first, stop)..<stop])
    self.line = left + middle + text(shown[stop...]) + (isCut ? "…" : "")
    marks =
      String(repeating: " ", count: DisplayWidth.of(left))
      + String(repeating: "^", count: max(1, min(DisplayWidth.of(middle), 95)))
  }

  /// The index that lies `columns` away from `start` in direction `step`, or the line's end.
  private static func cut(
    _ scalars: [Unicode.Scalar], from start: Int, by step: Int, columns: Int
  ) -> Int {
    var index = start
    var room = columns
    while index + min(step, 0) >= 0, index + min(step, 0) < scalars.count {
      room -= DisplayWidth.of(visible(scalars[index + min(step, 0)]))
      if room < 0 { break }
      index += step
    }
    return index
  }

  /// Tabs have no width of their own in a file; four columns keep the line readable.
  private static func visible(_ scalar: Unicode.Scalar) -> String {
    scalar == "\t" ? "    " : Escaped.text(String(scalar))
  }
}
