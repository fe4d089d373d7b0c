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
  ///
  /// A line may be as long as a file, so only what can be shown of it is looked at.
  init(_ line: Substring.UnicodeScalarView, column: Int, length: Int) {
    let line = line.last == "\r" ? line.dropLast() : line
    let place =
      line.index(line.startIndex, offsetBy: column - 1, limitedBy: line.endIndex) ?? line.endIndex
    let head = line[..<place].suffix(Self.whole + 1).map(Self.visible)
    let tail = line[place...].prefix(Self.whole + 1).map(Self.visible)
    var (start, stop, end) = (0, min(max(length, 1), tail.count), tail.count)
    let columns = (head + tail).reduce(0) { $0 + max(1, DisplayWidth.of($1)) }
    if columns > Self.whole {
      start = head.count - Self.count(head.reversed(), columns: Self.before)
      stop = Self.count(Array(tail[..<stop]), columns: Self.stretch)
      end = stop + Self.count(Array(tail[stop...]), columns: Self.after)
    }
    let left = (start > 0 ? "…" : "") + head[start...].joined()
    let middle = tail[..<stop].joined()
    self.line = left + middle + tail[stop..<end].joined() + (end < tail.count ? "…" : "")
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
