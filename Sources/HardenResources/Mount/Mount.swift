package import HardenCore
package import HardenModel

/// The flags of one mount, now and at the next boot.
package struct Mount: ResourceKind {
  /// The mount point.
  package var path: String
  /// Flags that it has to have.
  package var options: [MountFlag]
  /// Flags that it must not have.
  package var forbidden: [MountFlag]
  /// Whether a directory that is no mount point is mounted onto itself.
  package var isBind: Bool
  /// How processes are hidden from other users (`hidepid=2`), which harden only compares.
  package var hiding: String?

  /// The mount at `path`; see the properties.
  package init(
    path: String, options: [MountFlag], forbidden: [MountFlag] = [], isBind: Bool = false,
    hiding: String? = nil
  ) {
    self.path = path
    self.options = options
    self.forbidden = forbidden
    self.isBind = isBind
    self.hiding = hiding
  }

  package var address: Address { Address(kind: "mount", name: path) }

  private static let path = Field<OneOrMany<AbsolutePath>>(
    "path", required: true, "the mount point, or a list of mount points")
  private static let options = Field<[MountOption]>("options", "flags that it has to have")
  private static let forbid = Field<[MountFlag]>("forbid", "flags that it must not have")
  private static let bind = Field<Bool>(
    "bind", "mount a directory that is no mount point onto itself")

  package static func read(_ fields: inout Fields) -> [Mount] {
    let paths = fields.read(path)
    let words = fields.read(self.options) ?? []
    let options = words.compactMap(\.flag)
    let forbidden = fields.read(forbid) ?? []
    let isBind = fields.read(bind) ?? false
    guard let paths else { return [] }
    let report = { (message: String, help: String, fields: inout Fields) in
      fields.reading.report(Diagnostic(.wrongValue, message, at: fields.range, help: help))
    }
    if !fields.has(self.options), !fields.has(forbid) {
      report("mount asks for nothing", "name options, forbid, or both", &fields)
    }
    if let both = options.first(where: forbidden.contains) {
      report("'\(both.rawValue)' is both wanted and forbidden", "keep one of them", &fields)
    }
    let times = options.filter { MountFlag.accessTimes.contains($0) }
    if times.count > 1 {
      report(
        "\(times.map(\.rawValue).joined(separator: " and ")) exclude each other",
        "keep one of them", &fields)
    }
    let hiding = words.lazy.compactMap(\.hiding).first
    if let hiding, paths.values.contains(where: { $0.value.text != ProcessHiding.place }) {
      report("'\(hiding)' is an option of \(ProcessHiding.place) alone", "take it out", &fields)
    }
    return paths.values.map {
      Mount(
        path: $0.value.text, options: options, forbidden: forbidden, isBind: isBind, hiding: hiding)
    }
  }

  /// `flags` with what is wanted and without what is forbidden, and nothing else changed.
  func applied(to flags: Set<MountFlag>) -> Set<MountFlag> {
    var flags = flags.subtracting(forbidden)
    if !MountFlag.accessTimes.isDisjoint(with: options) { flags.subtract(MountFlag.accessTimes) }
    flags.formUnion(options)
    if flags.isDisjoint(with: MountFlag.accessTimes) {
      flags.insert(forbidden.contains(.relatime) ? .strictatime : .relatime)
    }
    return flags
  }

  package static let manual = Manual(
    kind: "mount",
    summary: "A mount has these flags and not those, now and after the next boot.",
    details: """
      NOW is the live mount, changed by the difference alone: flags that the playbook does not name
      stay. FILE is the options of its line in /etc/fstab, of which no other byte changes. BOOT is
      what systemd will make of it: a mount unit in /etc/systemd/system replaces the line of fstab
      entirely, and is then named, with file and line.

      Flags are ro, nosuid, nodev, noexec, nosymfollow, nodiratime and one of noatime, relatime and
      strictatime. Options of a file system itself (size= and so on) are not flags of a mount and are
      left alone. A mount that is rw of a file system that is ro as a whole cannot be written: the plan
      shows both, and `forbid: [ro]` is refused there. hidepid= of /proc is refused where it is not in force, with what it would break:
      systemd does not support it, and logind and polkit could no longer look into the processes that
      ask them. Units hide processes one by one instead, by ProtectProc= of `service`.

      A path that is no mount point is not applicable. With `bind: true` it is mounted onto itself
      instead, and gets a line with nofail, so that a missing directory does not stop the boot. The
      running SELinux is asked whether it would have that at boot, too; what it denies to mount(8) is
      refused. Apart from that, lines are added only for file systems that systemd itself mounts, such
      as /dev/shm, and for /tmp in memory as the unit of a package mounts it: a line comes before that
      unit, and keeps its other options.

      What would break is looked for first: programs running from the mount and units that start
      one, files with set-id bits or capabilities, device files, files open for writing, directories
      that containers use. So is what findmnt --verify would say of /etc/fstab: what is wrong with
      the line already is said, and a table must not become worse. It is
      listed, and the change wants `--accept-risk`. Services that see their own copy of the mount
      keep the old flags until they are restarted; the plan names them.
      """,
    fields: [path.spec, options.spec, forbid.spec, bind.spec],
    planes: "now, file, boot",
    undo: "exact; a bind mount that was made is taken away, and whoever uses it keeps it open",
    example: """
      mount: {path: /dev/shm, options: [nodev, nosuid, noexec]}
      """)
}

/// One word of `options`: a flag, or how /proc hides processes.
struct MountOption: Hashable, Sendable, FieldValue {
  var flag: MountFlag?
  var hiding: String?

  static func read(_ node: Node, _ reading: inout Reading) -> MountOption? {
    if let text = node.text, ProcessHiding.isOption(text) { return MountOption(hiding: text) }
    return MountFlag.read(node, &reading).map { MountOption(flag: $0) }
  }

  static var shape: Shape { MountFlag.shape }
}

extension MountFlag: FieldValue {
  package static func read(_ node: Node, _ reading: inout Reading) -> MountFlag? {
    guard let text = reading.text(node, expected: "a mount flag") else { return nil }
    if let flag = MountFlag(rawValue: text) { return flag }
    let words = allCases.map(\.rawValue)
    let opposite = allCases.first { $0.opposite == text }
    let help =
      opposite.map { "write it as forbid: [\($0.rawValue)]" }
      ?? Spelling.nearest(to: text, among: words).map { "did you mean '\($0)'?" }
      ?? "flags are \(words.joined(separator: ", "))"
    reading.report(
      Diagnostic(.wrongValue, "'\(text)' is no mount flag", at: node.range, help: help))
    return nil
  }

  package static var shape: Shape { .choice(allCases.map(\.rawValue)) }
}
