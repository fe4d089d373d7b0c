/// One line of a file, escaped, with marks below a stretch of it.
struct SourceExcerpt {
  /// The line, cut to what a terminal shows.
  let line: String
  /// Spaces and carets.
  let marks: String

  /// A line of at most this many columns is shown whole.
  private static let whole = 100
  /// How much of a longer line is shown before the stretch, of it, and after it, in columns.
  private static let before = 40
  private static let stretch = 40
  private static let after = 20

  /// `line` with `length` scalars marked from `column` on, which is counted from 1.
  init(_ line: Substring.UnicodeScalarView, column: Int, length: Int) {
    let scalars = line.last == "\r" ? line.dropLast() : line
    let shown = scalars.map(Self.visible)
    let first = min(max(column - 1, 0), shown.count)
    let last = min(first + max(length, 1), shown.count)
    var (start, stop, end) = (0, last, shown.count)
    if shown.reduce(0, { $0 + DisplayWidth.of($1) }) > Self.whole {
      start = first - Self.count(shown[..<first].reversed(), columns: Self.before)
      stop = first + Self.count(Array(shown[first..<last]), columns: Self.stretch)
      end = stop + Self.count(Array(shown[stop...]), columns: Self.after)
    }
    let left = (start > 0 ? "…" : "") + shown[start..<first].joined()
    let middle = shown[first..<stop].joined()
    let right = shown[stop..<end].joined() + (end < shown.count ? "…" : "")
    self.line = left + middle + right
    marks =
      String(repeating: " ", count: DisplayWidth.of(left))
      + String(repeating: "^", count: max(1, DisplayWidth.of(middle)))
  }

  /// How many of `pieces` fit into `columns`.
  private static func count(_ pieces: [String], columns: Int) -> Int {
    var room = columns
    return pieces.prefix {
      room -= DisplayWidth.of($0)
      return room >= 0
    }.count
  }

  /// Tabs have no width of their own in a file; four columns keep the line readable.
  private static func visible(_ scalar: Unicode.Scalar) -> String {
    scalar == "\t" ? "    " : Escaped.text(String(scalar))
  }
}
