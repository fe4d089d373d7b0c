/// The lines of one account file; every byte that is not changed stays as it is.
package struct AccountTable: Hashable, Sendable {
  private var lines: [[UInt8]]
  private var endsWithNewline: Bool

  /// Reads `content`.
  package init(_ content: [UInt8]) {
    lines = content.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    endsWithNewline = content.last == 0x0A
    if endsWithNewline || content.isEmpty { lines.removeLast() }
  }

  /// The file's bytes.
  package var content: [UInt8] {
    Array(lines.joined(separator: [0x0A])) + (endsWithNewline && !lines.isEmpty ? [0x0A] : [])
  }

  /// The fields of the rows called `name`, in order; there is one, unless the file is damaged or
  /// is one of those that give out ranges.
  package func rows(of name: String) -> [[Bytes]] {
    places(of: name).map { Self.fields(lines[$0]) }
  }

  /// The fields of every row that has a name.
  package var rows: [[Bytes]] {
    lines.compactMap { line in
      guard Self.isRow(line), line.contains(0x3A) else { return nil }
      return Self.fields(line)
    }
  }

  /// The line, counted from 1, on which the first row called `name` stands.
  package func line(of name: String) -> Int? { places(of: name).first.map { $0 + 1 } }

  /// The name of the row that stands before the first one called `name`.
  package func predecessor(of name: String) -> String? {
    guard let place = places(of: name).first else { return nil }
    return lines[..<place].last(where: Self.isRow).map(Self.name)
  }

  /// Puts `rows` in the place of those called `name`.
  ///
  /// Where there are none, they come behind the row called `predecessor`, else to the end; rows that
  /// include those of a directory service (`+`) stay last.
  package mutating func replace(_ name: String, with rows: [[Bytes]], behind predecessor: String?) {
    let places = places(of: name)
    let new = rows.map { Array($0.map(\.raw).joined(separator: [0x3A])) }
    let end = lines.firstIndex { $0.first == 0x2B || $0.first == 0x2D } ?? lines.count
    let start =
      places.first ?? predecessor.flatMap { self.places(of: $0).last.map { $0 + 1 } } ?? end
    for place in places.reversed() { lines.remove(at: place) }
    lines.insert(contentsOf: new, at: start)
    if start + new.count == lines.count, !new.isEmpty { endsWithNewline = true }
  }

  private func places(of name: String) -> [Int] {
    let prefix = Array(name.utf8) + [0x3A]
    return lines.indices.filter { lines[$0].starts(with: prefix) }
  }

  private static func isRow(_ line: [UInt8]) -> Bool {
    guard let first = line.first else { return false }
    return first != 0x23 && first != 0x2B && first != 0x2D
  }

  private static func name(_ line: [UInt8]) -> String {
    String(decoding: line.prefix { $0 != 0x3A }, as: UTF8.self)
  }

  private static func fields(_ line: [UInt8]) -> [Bytes] {
    line.split(separator: 0x3A, omittingEmptySubsequences: false).map { Bytes(Array($0)) }
  }
}

extension Bytes {
  /// The bytes of `text`.
  package init(_ text: String) { self.init(Array(text.utf8)) }

  /// The bytes as text, whatever they are.
  package var lossy: String { String(decoding: raw, as: UTF8.self) }

  /// The words of a list with commas.
  package var list: [String] {
    raw.split(separator: 0x2C).map { String(decoding: $0, as: UTF8.self) }
  }

  /// A list with commas.
  package init(list: [String]) { self.init(list.joined(separator: ",")) }
}
