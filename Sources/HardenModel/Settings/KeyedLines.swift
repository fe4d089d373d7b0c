/// A text file of lines that give keys their values, in which one value can change and no other
/// byte.
package struct KeyedLines {
  /// How the lines of a file are to be read.
  package enum Syntax: Hashable, Sendable {
    /// `key = value`, `key=value` or `key value`; the last line of a key counts.
    case keyvalue
    /// Sections in brackets with `key=value`; the last line of a key counts.
    case ini
    /// sshd_config(5): the first line of a keyword counts, and what follows `Match` is conditional.
    case sshd
    /// login.defs(5): `KEY value`; the last line of a key counts.
    case loginDefs
  }

  /// One line that gives a key its value.
  package struct Entry: Hashable, Sendable {
    /// The section that it stands in: empty before the first; a `Match` line as it stands.
    package var section: String
    /// The key as written.
    package var key: String
    /// The value as written, quotes and all.
    package var text: String
    /// Counted from 1.
    package var number: Int
    fileprivate var line: Int
    fileprivate var parts: Parts
  }

  /// Where key and value stand in a line.
  struct Parts: Hashable, Sendable {
    var key: Range<Int>
    var value: Range<Int>
  }

  /// What a new file begins with.
  package static let header = "# Written by harden: change the playbook, not this file."

  private let syntax: Syntax
  private var lines: [[UInt8]]
  private let endsWithNewline: Bool
  private let carriageReturn: Bool
  /// Every line that gives a key its value, in order.
  package private(set) var entries: [Entry] = []
  private var sections: [(name: String, line: Int)] = []

  /// Takes `content` apart.
  package init(_ content: [UInt8], _ syntax: Syntax) {
    self.syntax = syntax
    var split = content.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    endsWithNewline = content.last == 0x0A || content.isEmpty
    if endsWithNewline { split.removeLast() }
    carriageReturn = split.first?.last == 0x0D
    lines = syntax == .ini ? Self.joined(split) : split
    read()
  }

  /// A backslash at the end continues a line: both become one, with the line end inside.
  private static func joined(_ lines: [[UInt8]]) -> [[UInt8]] {
    var joined: [[UInt8]] = []
    var isOpen = false
    for line in lines {
      if isOpen, let last = joined.indices.last {
        joined[last] += [0x0A] + line
      } else {
        joined.append(line)
      }
      isOpen = joined.last.map(Self.isOpen) ?? false
    }
    return joined
  }

  /// Whether what follows `line` would belong to it.
  private static func isOpen(_ line: [UInt8]) -> Bool {
    let isComment = line.first { !isBlank($0) }.map { $0 == 0x23 || $0 == 0x3B }
    return line.last == 0x5C && isComment != true
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private mutating func read() {
    entries = []
    sections = []
    var section = ""
    var number = 1
    for (index, line) in lines.enumerated() {
      defer { number += 1 + line.count { $0 == 0x0A } }
      if let name = syntax.section(line) {
        section = name
        sections.append((name, index))
      } else if let parts = syntax.parts(line) {
        let text = { (range: Range<Int>) in String(decoding: line[range], as: UTF8.self) }
        entries.append(
          Entry(
            section: section, key: text(parts.key), text: text(parts.value), number: number,
            line: index, parts: parts))
      }
    }
  }

  /// The bytes.
  package var content: [UInt8] {
    Array(lines.joined(separator: [0x0A])) + (endsWithNewline && !lines.isEmpty ? [0x0A] : [])
  }

  // MARK: Units: a key, behind its section where there are any

  /// The section and the key that `unit` names.
  package static func parts(_ unit: String, _ syntax: Syntax) -> (section: String, key: String) {
    // By bytes: an accent behind the slash would make both one character.
    guard syntax == .ini, let slash = unit.utf8.lastIndex(of: 0x2F) else { return ("", unit) }
    return (String(unit[..<slash]), String(unit[unit.utf8.index(after: slash)...]))
  }

  /// The line that counts for `unit`; nil when there is none.
  package func entry(of unit: String) -> Entry? {
    let (section, key) = Self.parts(unit, syntax)
    let isOne = { (entry: Entry) in
      entry.section == section && syntax.isSame(entry.key, key)
    }
    return syntax.isFirstMatching ? entries.first(where: isOne) : entries.last(where: isOne)
  }

  /// The value of `unit` as written.
  package func text(of unit: String) -> String? { entry(of: unit)?.text }

  /// Gives `unit` the value `text`, or takes its line away.
  package mutating func set(_ unit: String, to text: String?) {
    switch (entry(of: unit), text) {
    case (nil, nil): return
    case (let entry?, nil): lines.remove(at: entry.line)
    case (let entry?, let text?): replace(entry, with: text)
    case (nil, let text?): insert(unit, text)
    }
    read()
  }

  private mutating func replace(_ entry: Entry, with text: String) {
    var bytes = Array(text.utf8)
    let value = entry.parts.value
    // A key that stood alone needs something between itself and its value.
    if value.isEmpty, value.lowerBound == entry.parts.key.upperBound, !bytes.isEmpty {
      bytes = separator + bytes
    }
    if value.isEmpty, value.upperBound < lines[entry.line].count,
      !Self.isBlank(lines[entry.line][value.upperBound])
    {
      bytes.append(0x20)
    }
    lines[entry.line].replaceSubrange(value, with: bytes)
  }

  /// What stands between key and value on most lines.
  private var separator: [UInt8] {
    var counts: [[UInt8]: Int] = [:]
    for entry in entries where !entry.parts.value.isEmpty {
      let between = entry.parts.key.upperBound..<entry.parts.value.lowerBound
      counts[Array(lines[entry.line][between]), default: 0] += 1
    }
    let usual = counts.max { ($0.value, $1.key.count) < ($1.value, $0.key.count) }?.key
    switch syntax {
    case .keyvalue: return usual ?? Array(" = ".utf8)
    case .ini: return usual ?? [0x3D]
    case .sshd: return [0x20]
    case .loginDefs: return [0x09]
    }
  }

  private mutating func insert(_ unit: String, _ text: String) {
    if lines.isEmpty { lines = [Array(Self.header.utf8)] }
    // A file that ends in the middle of a value would swallow what comes behind it.
    if syntax == .ini, let last = lines.last, Self.isOpen(last) {
      lines[lines.count - 1] += [0x0A]
    }
    let (section, key) = Self.parts(unit, syntax)
    let bare = syntax == .keyvalue && text.isEmpty
    let line =
      Array(key.utf8) + (bare ? [] : separator) + Array(text.utf8) + (carriageReturn ? [0x0D] : [])
    var place = lines.count
    if syntax == .sshd, let match = sections.first?.line {
      place = end(from: 0, to: match)
    } else if syntax == .ini, let index = sections.lastIndex(where: { $0.name == section }) {
      let next = index + 1 < sections.count ? sections[index + 1].line : lines.count
      place = end(from: sections[index].line + 1, to: next)
    } else if syntax == .ini, section.isEmpty {
      place = end(from: 0, to: sections.first?.line ?? lines.count)
    } else if syntax == .ini {
      lines.append(Array("[\(section)]".utf8) + (carriageReturn ? [0x0D] : []))
      place = lines.count
    }
    lines.insert(line, at: place)
  }

  /// Behind the last line of a stretch that says something; its comments and blanks stay behind.
  private func end(from: Int, to: Int) -> Int {
    let last = lines[from..<to].lastIndex { line in
      line.first { !Self.isBlank($0) }.map { $0 != 0x23 && $0 != 0x3B } ?? false
    }
    return last.map { $0 + 1 } ?? (from == 0 && to < lines.count ? to : from)
  }

  /// Whether nothing is left but what harden itself writes around units.
  package var isBare: Bool {
    let sections = Set(sections.map(\.line))
    return lines.enumerated().allSatisfy { index, line in
      line == Array(Self.header.utf8) || sections.contains(index)
    }
  }
}
