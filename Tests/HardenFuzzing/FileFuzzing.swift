import HardenModel

@testable import HardenResources
@testable import HardenSystem

/// Files of a host in their formats.
enum FileFuzzing {
  private static let address = Address(kind: "file", name: "/etc/fuzzed")

  static func sysctl(_ bytes: [UInt8]) throws {
    for assignment in SysctlAssignment.all(in: bytes, of: "/etc/sysctl.d/a.conf") {
      try require(
        !assignment.key.isEmpty && assignment.place.line ?? 0 > 0, "a value without a key")
    }
    try edits(.sysctl, ["net/ipv4/ip_forward"], "# harden: a/b\nnet.ipv4.ip_forward = 1", bytes)
  }

  static func fstab(_ bytes: [UInt8]) throws {
    let file = FstabFile(bytes)
    try require(file.content == bytes, "a file changes by being read")
    let text = String(decoding: bytes, as: UTF8.self)
    try require(
      FstabFile.unescaped(FstabFile.escaped(text)) == text,
      "a path changes by being escaped: \(text)")
    for line in file.mounts {
      let unit = FstabFile.unit("nodev", of: line.target)
      let before = file.text(of: unit)
      guard file.lines(for: line.target).count == 1, before == nil else { continue }
      let after = FileFormat.fstab.applying(
        [UnitEdit(address, unit: unit, before: nil, after: "nodev")], to: bytes)
      let lines = (bytes.split(separator: 0x0A), after.split(separator: 0x0A))
      try require(lines.0.count == lines.1.count, "an option changes how many lines there are")
      let changed = zip(lines.0, lines.1).count { $0 != $1 }
      try require(changed <= 1, "an option changes \(changed) lines")
    }
  }

  static func mountinfo(_ bytes: [UInt8]) throws {
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      guard let mount = MountPoint(line: line) else { continue }
      try require(
        !mount.flags.isSuperset(of: [.relatime, .strictatime]), "a mount keeps times twice")
    }
  }

  static func accounts(_ bytes: [UInt8]) throws {
    // The files stand behind one another with a NUL between them.
    let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
    let files = zip(AccountFile.allCases, parts)
    var book = AccountBook(Dictionary(uniqueKeysWithValues: files.map { ($0, $1) }))
    for (file, content) in files {
      try require(book.tables[file]?.content == content, "\(file.path) changes by being read")
    }
    let before = book
    for user in before.users.prefix(8) {
      _ = (before.isLocked(user.name), before.groups(naming: user.name), before.user(user.name))
    }
    let order = EditAccount(Account(.user, "fuzzed"), before: nil, after: AccountClaims())
    guard (try? book.apply(order, AccountPolicy(""), today: 0)) != nil else { return }
    for (file, table) in before.tables {
      let rows = Set((book.tables[file]?.rows ?? []).map { $0.map(\.raw) })
      for row in table.rows where row.first?.raw != Array("fuzzed".utf8) {
        try require(rows.contains(row.map(\.raw)), "a new account changes a row of \(file.path)")
      }
    }
  }

  static func capability(_ bytes: [UInt8]) throws {
    if let found = FileCapabilities(bytes: bytes) {
      try require(FileCapabilities(bytes: found.bytes) == found, "capabilities change by being set")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let named = try? FileCapabilities(text: text) else { return }
    let again = try FileCapabilities(text: named.text)
    try require(again == named, "capabilities change by being named: \(named.text)")
    try require(FileCapabilities(bytes: named.bytes) == named, "capabilities change by being set")
  }

  static func selinux(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    _ = SELinuxConfig(text)
    guard let policy = SELinuxPolicy(bytes) else { return }
    for name in policy.typeNames.prefix(4) {
      for isOn in [true, false] {
        let set = SELinuxPolicy(policy.setting([SELinuxPolicy.permissive(name): isOn]))
        try require(
          set?.isPermissive(name) == isOn, "a type of the policy cannot be made permissive")
      }
    }
    for name in policy.names.prefix(4) {
      for isOn in [true, false] {
        let set = SELinuxPolicy(policy.setting([name: isOn]))
        try require(set?.isOn(name) == isOn, "a boolean of the policy cannot be set")
      }
    }
  }

  static func settings(_ bytes: [UInt8]) throws {
    let formats: [FileFormat] = [.keyvalue, .ini, .sshd, .loginDefs, .json, .lines]
    guard let first = bytes.first else { return }
    let format = formats[Int(first) % formats.count]
    let content = Array(bytes.dropFirst())
    // What stands below a Match of sshd is nobody's unit, and a slash ends the name of a section, also
    // where an accent follows it.
    let entries = format.keyed(content)?.entries.filter {
      (format != .sshd || $0.section.isEmpty) && !$0.key.utf8.contains(0x2F)
    }
    let named = entries?.prefix(3).map {
      $0.section.isEmpty ? $0.key : "\($0.section)/\($0.key)"
    }
    let units = (named ?? []) + ["fuzzed", "section/fuzzed"]
    if format == .lines { return try edits(format, ["fuzzed"], "fuzzed", content) }
    try edits(format, units, "12", content)
  }

  /// Sets units and puts them back; what an edit does must be seen, and be the same twice.
  private static func edits(
    _ format: FileFormat, _ units: [String], _ value: String, _ content: [UInt8]
  ) throws {
    for unit in units {
      let before = format.text(of: unit, in: content)
      guard before != value else { continue }
      let edit = UnitEdit(address, unit: unit, before: before, after: value)
      let after = format.applying([edit], to: content)
      // What cannot take a value, such as a list in JSON, stays as it is.
      if after == content { continue }
      try require(
        format.text(of: unit, in: after) == value,
        "\(format.rawValue) \(unit): not to be seen after it was set")
      let back = UnitEdit(address, unit: unit, before: value, after: before)
      let restored = format.applying([back], to: after)
      try require(
        format.text(of: unit, in: restored) == before,
        "\(format.rawValue) \(unit): \(before ?? "nothing") does not come back")
    }
  }
}
