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
    case .json: return JSONFile(content).text(of: unit)
    case .keyvalue, .ini, .sshd, .loginDefs: return keyed(content)?.text(of: unit)
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
    case .keyvalue, .ini, .sshd, .loginDefs, .json:
      let file = keyed(content)
      let json = self == .json ? JSONFile(content) : nil
      return edits.map { edit in
        let text = file?.text(of: edit.unit) ?? json?.text(of: edit.unit)
        return text == edit.before ? .before : text == edit.after ? .after : .neither
      }
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
      file.apply(edits)
      return file.content
    case .json:
      var file = JSONFile(content)
      for edit in edits { file.set(edit.unit, to: edit.after) }
      return file.content
    case .keyvalue, .ini, .sshd, .loginDefs:
      guard var file = keyed(content) else { return content }
      for edit in edits { file.set(edit.unit, to: edit.after) }
      return file.content
    }
  }

  /// The file as lines with keys, for formats that are such.
  package func keyed(_ content: [UInt8]) -> KeyedLines? {
    switch self {
    case .keyvalue: KeyedLines(content, .keyvalue)
    case .ini: KeyedLines(content, .ini)
    case .sshd: KeyedLines(content, .sshd)
    case .loginDefs: KeyedLines(content, .loginDefs)
    case .sysctl, .audit, .lines, .fstab, .json, .policy: nil
    }
  }

  /// Whether files of the format are harden's own, so that an empty one need not stay.
  package var ownsFile: Bool {
    switch self {
    case .sysctl, .audit: true
    case .lines, .fstab, .keyvalue, .ini, .sshd, .loginDefs, .json, .policy: false
    }
  }

  /// Whether nothing but what harden itself writes around units is left, so that the file can go.
  package func isBare(_ content: [UInt8]) -> Bool {
    switch self {
    case .lines, .fstab, .policy: content.isEmpty
    case .sysctl: content == Array(SysctlFile.header.utf8) || content.isEmpty
    case .keyvalue, .ini, .sshd, .loginDefs: keyed(content)?.isBare ?? true
    case .json: JSONFile(content).isBare
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
