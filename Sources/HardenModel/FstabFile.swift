/// The text of fstab(5), in which one option of one line can change and no other byte.
package struct FstabFile {
  private var lines: [[UInt8]]
  private let endsWithNewline: Bool

  /// One line that mounts something.
  package struct Line: Hashable, Sendable {
    /// Counted from 1.
    package var number: Int
    /// What is mounted, as it stands.
    package var source: String
    /// Where, with its escapes read.
    package var target: String
    /// The type of the file system.
    package var type: String
    /// The words of the fourth field; empty when the line has none.
    package var options: [String]
  }

  /// Takes `content` apart.
  package init(_ content: [UInt8]) {
    lines = content.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    endsWithNewline = content.last == 0x0A
    if endsWithNewline || content.isEmpty { lines.removeLast() }
  }

  /// The bytes.
  package var content: [UInt8] {
    Array(lines.joined(separator: [0x0A])) + (endsWithNewline && !lines.isEmpty ? [0x0A] : [])
  }

  /// Every line that mounts something at `target`, in order.
  package func lines(for target: String) -> [Line] {
    lines.indices.compactMap { line($0) }.filter { $0.target == target }
  }

  /// Every line that mounts something.
  package var mounts: [Line] { lines.indices.compactMap { line($0) } }

  private func line(_ index: Int) -> Line? {
    let fields = Self.fields(lines[index])
    guard fields.count >= 3 else { return nil }
    let text = fields.map { String(decoding: lines[index][$0], as: UTF8.self) }
    guard text[1].first == "/", text[2] != "swap" else { return nil }
    let target = Self.unescaped(text[1])
    return Line(
      number: index + 1, source: text[0],
      target: target.utf8.count > 1 && target.last == "/" ? String(target.dropLast()) : target,
      type: text[2], options: fields.count > 3 ? MountOptions.words(text[3]) : [])
  }

  /// Where the fields of a line stand; none in a comment, and what follows `#` is none.
  private static func fields(_ line: [UInt8]) -> [Range<Int>] {
    var fields: [Range<Int>] = []
    var index = 0
    while index < line.count {
      if isBlank(line[index]) {
        index += 1
        continue
      }
      if line[index] == 0x23 { return fields }
      let start = index
      while index < line.count, !isBlank(line[index]) { index += 1 }
      fields.append(start..<index)
    }
    return fields
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }

  /// `\040` and its like, as getmntent(3) reads them.
  package static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(0x5C) else { return text }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      guard byte == 0x5C, digits.count == 3, digits.allSatisfy({ (0x30...0x37).contains($0) }),
        let first = digits.first, first < 0x34
      else {
        bytes.append(byte)
        continue
      }
      bytes.append(digits.reduce(UInt8(0)) { $0 << 3 | ($1 - 0x30) })
      rest.removeFirst(3)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `path` as a field holds it.
  package static func escaped(_ path: String) -> String {
    var text: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case 0x09: text += "\\011".utf8
      case 0x0A: text += "\\012".utf8
      case 0x20: text += "\\040".utf8
      case 0x23 where text.isEmpty: text += "\\043".utf8
      case 0x5C: text += "\\134".utf8
      default: text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

// MARK: - Units: an option of a line, or a line that is ours

extension FstabFile {
  /// The name of the unit that is the option `option` of the line for `target`.
  package static func unit(_ option: String, of target: String) -> String {
    "\(escaped(target)) \(option)"
  }

  private static func parts(_ unit: String) -> (target: String, option: String?) {
    let words = unit.split(at: " ", maxSplits: 1)
    return (unescaped(String(words.first ?? "")), words.count > 1 ? String(words[1]) : nil)
  }

  /// The text of `unit`: the option where its line has it, or the whole line.
  package func text(of unit: String) -> String? {
    let (target, option) = Self.parts(unit)
    let found = lines(for: target)
    guard let option else {
      return found.first.map { String(decoding: lines[$0.number - 1], as: UTF8.self) }
    }
    return found.count == 1 && found[0].options.contains(option) ? option : nil
  }

  /// How `edit` stands.
  package func standing(of edit: UnitEdit) -> UnitStanding {
    let (target, option) = Self.parts(edit.unit)
    let found = lines(for: target)
    guard option != nil else {
      let line = text(of: edit.unit)
      return line == edit.before ? .before : line == edit.after ? .after : .neither
    }
    guard found.count == 1 else { return .neither }
    let has = { (word: String?) in word.map { found[0].options.contains($0) } }
    if has(edit.before) != false, has(edit.after) != true { return .before }
    return has(edit.after) != false && has(edit.before) != true ? .after : .neither
  }

  /// Makes `edit`: nothing but the fourth field of its line changes, or one line comes or goes.
  package mutating func apply(_ edit: UnitEdit) {
    let (target, option) = Self.parts(edit.unit)
    let found = lines(for: target)
    guard option != nil else {
      if let before = edit.before {
        lines.removeAll { $0 == Array(before.utf8) }
      }
      if let after = edit.after { lines.insert(Array(after.utf8), at: place(for: target)) }
      return
    }
    guard let line = found.first else { return }
    var options = line.options
    if let before = edit.before, let index = options.firstIndex(of: before) {
      options.removeAll { $0 == before }
      if let after = edit.after, !options.contains(after) {
        options.insert(after, at: min(index, options.count))
      }
    } else if let after = edit.after, !options.contains(after) {
      options.append(after)
    }
    set(options, line: line.number - 1)
  }

  /// Where a line for `target` comes in: at the end, or before the first mount that it would hide.
  private func place(for target: String) -> Int {
    let top = target == "/" ? target : "\(target)/"
    return lines.indices.first { line($0)?.target.hasPrefix(top) == true } ?? lines.endIndex
  }

  private mutating func set(_ options: [String], line index: Int) {
    let fields = Self.fields(lines[index])
    let text = Array((options.isEmpty ? "defaults" : options.joined(separator: ",")).utf8)
    if fields.count > 3 {
      lines[index].replaceSubrange(fields[3], with: text)
    } else if let last = fields.last {
      lines[index].insert(contentsOf: [0x20] + text, at: last.upperBound)
    }
  }
}
