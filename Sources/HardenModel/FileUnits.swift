/// Finding and changing the units of a file's text, touching no other byte of it.
extension FileFormat {
  /// The text of `unit` in `content`; nil when it is not there.
  package func text(of unit: String, in content: [UInt8]) -> String? {
    switch self {
    case .lines:
      return FileLines(content).lines.contains(Array(unit.utf8)) ? unit : nil
    case .sysctl:
      return SysctlFile(content).block(unit)
    case .fstab: return FstabFile(content).text(of: unit)
    case .policy: return SELinuxPolicy(content)?.text(of: unit)
    case .audit: return AuditFile(content).block(unit)
    }
  }

  /// How each of `edits` stands in `content`: done, not done, or neither.
  package func standings(of edits: [UnitEdit], in content: [UInt8]) -> [UnitStanding] {
    switch self {
    case .sysctl:
      let file = SysctlFile(content)
      return edits.map { edit in
        let block = file.block(edit.unit)
        return block == edit.before ? .before : block == edit.after ? .after : .neither
      }
    case .fstab:
      let file = FstabFile(content)
      return edits.map(file.standing)
    case .policy:
      let policy = SELinuxPolicy(content)
      return edits.map { edit in
        let state = policy?.text(of: edit.unit)
        return state == edit.before ? .before : state == edit.after ? .after : .neither
      }
    case .audit:
      let file = AuditFile(content)
      return edits.map(file.standing)
    case .lines:
      let lines = Set(FileLines(content).lines)
      let present = { (line: String?) in line.map { lines.contains(Array($0.utf8)) } }
      return edits.map { edit in
        let (before, after) = (present(edit.before), present(edit.after))
        if before != false && after != true { return .before }
        return after != false && before != true ? .after : .neither
      }
    }
  }

  /// `content` with `edits` made; what an edit does not find stays as it is.
  package func applying(_ edits: [UnitEdit], to content: [UInt8]) -> [UInt8] {
    switch self {
    case .lines:
      var file = FileLines(content)
      for edit in edits { file.replace(edit.before, with: edit.after) }
      return file.content
    case .fstab:
      var file = FstabFile(content)
      for edit in edits { file.apply(edit) }
      return file.content
    case .policy:
      let states = edits.compactMap { edit in edit.after.map { (edit.unit, $0 == "on") } }
      return SELinuxPolicy(content)?.setting(Dictionary(states) { $1 }) ?? content
    case .audit:
      var file = AuditFile(content)
      for edit in edits { file.apply(edit) }
      return file.content
    case .sysctl:
      var file = SysctlFile(content)
      for edit in edits { file.set(edit.unit, to: edit.after) }
      return file.content
    }
  }

  /// Whether files of the format are harden's own, so that an empty one need not stay.
  package var ownsFile: Bool {
    switch self {
    case .sysctl, .audit: true
    case .lines, .fstab, .policy: false
    }
  }

  /// Whether nothing but what harden itself writes around units is left, so that the file can go.
  package func isBare(_ content: [UInt8]) -> Bool {
    switch self {
    case .lines, .fstab, .policy: content.isEmpty
    case .sysctl: content == Array(SysctlFile.header.utf8) || content.isEmpty
    case .audit: content == Array(AuditFile.header.utf8) || content.isEmpty
    }
  }
}

/// How one unit compares with an edit.
package enum UnitStanding: Hashable, Sendable, Codable {
  /// As before the edit.
  case before
  /// As after it.
  case after
  /// Somebody has changed it.
  case neither
}

/// The lines of a file, each with its line end kept apart.
struct FileLines {
  var lines: [[UInt8]]
  private var endsWithNewline: Bool

  init(_ content: [UInt8]) {
    lines = content.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    endsWithNewline = content.last == 0x0A
    if endsWithNewline || content.isEmpty { lines.removeLast() }
  }

  /// Every line equal to `before` becomes `after`; without `before`, `after` is added at the end.
  mutating func replace(_ before: String?, with after: String?) {
    guard let before = before.map({ Array($0.utf8) }) else {
      guard let after else { return }
      lines.append(Array(after.utf8))
      endsWithNewline = true
      return
    }
    lines = lines.compactMap { $0 == before ? after.map { Array($0.utf8) } : $0 }
  }

  var content: [UInt8] {
    Array(lines.joined(separator: [0x0A])) + (endsWithNewline && !lines.isEmpty ? [0x0A] : [])
  }
}

/// Our own drop-in for kernel parameters: a header, then a comment and an assignment for each key.
///
/// Keys whose writing changes others stand before those, and `default` before the interfaces that
/// follow it; the rest is sorted, so that equal content is equal bytes.
package struct SysctlFile {
  /// What the file begins with.
  package static let header = """
    # Written by harden; each value belongs to the control named above it.
    # Change the playbook, not this file: what is edited here is reported as drift.

    """

  /// A block of ours, or one line that is not.
  private struct Item {
    var key: String?
    var lines: [[UInt8]]
    var rank: (Int, String)?

    init(key: String? = nil, lines: [[UInt8]]) {
      self.key = key
      self.lines = lines
      rank = key.map(SysctlFile.rank)
    }
  }
  private var items: [Item] = []

  /// Reads `content`; lines that belong to no block stay where they are.
  package init(_ content: [UInt8]) {
    let lines = FileLines(content.isEmpty ? Array(Self.header.utf8) : content).lines
    var index = 0
    while index < lines.count {
      if Self.isTag(lines[index]), index + 1 < lines.count,
        let key = Self.key(of: lines[index + 1])
      {
        items.append(Item(key: key, lines: Array(lines[index...index + 1])))
        index += 2
      } else {
        items.append(Item(lines: [lines[index]]))
        index += 1
      }
    }
  }

  /// The unit text of a key: its comment line and its assignment.
  package static func block(_ key: SysctlKey, value: String, playbook: String, control: String)
    -> String
  { "# harden: \(playbook)/\(control)\n\(key.name) = \(value)" }

  private static func isTag(_ line: [UInt8]) -> Bool { line.starts(with: Array("# harden: ".utf8)) }

  private static func key(of line: [UInt8]) -> String? {
    guard let equals = line.firstIndex(of: 0x3D), let first = line.first, first != 0x23 else {
      return nil
    }
    let name = String(decoding: line[..<equals], as: UTF8.self)
    return SysctlKey(name: name.filter { $0 != " " && $0 != "\t" }).path
  }

  /// The block of the key at path `key`; nil when there is none.
  package func block(_ key: String) -> String? {
    items.first { $0.key == key }.map {
      String(decoding: Array($0.lines.joined(separator: [0x0A])), as: UTF8.self)
    }
  }

  /// The line, counted from 1, on which the assignment of `key` stands.
  package func line(of key: String) -> Int? {
    guard let index = items.firstIndex(where: { $0.key == key }) else { return nil }
    return items[...index].reduce(0) { $0 + $1.lines.count }
  }

  /// Puts `block` in the place of the key's own, or takes it out; a new one stands before the first
  /// that sorts behind it.
  package mutating func set(_ key: String, to block: String?) {
    let lines = block.map { FileLines(Array($0.utf8)).lines }
    if let index = items.firstIndex(where: { $0.key == key }) {
      if let lines { items[index].lines = lines } else { items.remove(at: index) }
    } else if let lines {
      let rank = Self.rank(key)
      let index = items.firstIndex { $0.rank.map { $0 > rank } ?? false }
      items.insert(Item(key: key, lines: lines), at: index ?? items.count)
    }
  }

  private static func rank(_ key: String) -> (Int, String) {
    let key = SysctlKey(path: key)
    return (key.isForwarding ? 0 : key.affected.isEmpty ? 2 : 1, key.path)
  }

  /// The file's bytes.
  package var content: [UInt8] {
    let lines = items.flatMap(\.lines)
    return Array(lines.joined(separator: [0x0A])) + (lines.isEmpty ? [] : [0x0A])
  }
}
