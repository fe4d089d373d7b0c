internal import HardenModel
internal import HardenSystem

/// What mounts a path at the next boot.
enum MountBoot {
  /// The line for it in /etc/fstab.
  case line(FstabFile.Line)
  /// A unit, which replaces any line; `gives` is the line with which one of fstab would replace the
  /// unit of a package.
  case unit(path: String, line: Int?, options: [String], gives: FstabFile.Line? = nil)
  /// systemd itself, without a line.
  case kernel(Set<MountFlag>)
  /// Two lines, of which only one can count.
  case twice([FstabFile.Line])
  /// Nothing.
  case nothing

  static let table = "/etc/fstab"

  /// What mounts `path` on `host`.
  static func of(_ path: String, on host: borrowing Host) throws(SystemError) -> MountBoot {
    let lines = try file(host).lines(for: path)
    if lines.count > 1 { return .twice(lines) }
    if let flags = own[path] { return lines.first.map(MountBoot.line) ?? .kernel(flags) }
    let boot = try source(path, lines.first, host)
    if case .nothing = boot { return boot }
    return try dropIn(path, host) ?? boot
  }

  /// The unit of the administrator, the line, or the unit of a package.
  private static func source(_ path: String, _ line: FstabFile.Line?, _ host: borrowing Host)
    throws(SystemError) -> MountBoot
  {
    // Generated units come after these two and before those of packages.
    for folder in ["/etc/systemd/system", "/run/systemd/system"] {
      if let unit = try unit(path, in: folder, host) { return unit }
    }
    if let line { return .line(line) }
    for folder in ["/usr/local/lib/systemd/system", "/usr/lib/systemd/system"] {
      if let unit = try unit(path, in: folder, host) {
        return try replaceable(unit, at: path, host)
      }
    }
    return .nothing
  }

  /// `unit` of a package with the line of fstab that says the same and comes before it.
  ///
  /// Only of what needs no device: systemd's own /tmp in memory.
  private static func replaceable(_ unit: MountBoot, at path: String, _ host: borrowing Host)
    throws(SystemError) -> MountBoot
  {
    guard case .unit(let name, let number, let options, _) = unit else { return unit }
    let entries = KeyedLines(try host.contents(name, last: .follow) ?? [], .ini).entries
    let type = entries.last { $0.section == "Mount" && $0.key == "Type" }?.text
    // Two percent signs are one; what else begins with one only systemd can tell.
    let words = options.map { $0.replacing("%%", by: "%") }
    let isPlain = options.allSatisfy { !$0.replacing("%%", by: "").contains("%") }
    guard type == "tmpfs", isPlain else { return unit }
    let list = words.isEmpty ? "defaults" : words.joined(separator: ",")
    let text = "tmpfs \(FstabFile.escaped(path)) tmpfs \(list) 0 0\n"
    return .unit(
      path: name, line: number, options: options,
      gives: FstabFile(Array(text.utf8)).lines(for: path).first)
  }

  /// /etc/fstab of `host`, read once.
  static func file(_ host: borrowing Host) throws(SystemError) -> FstabFile {
    try host.once("fstab") { host throws(SystemError) in
      FstabFile(try host.contents(table, last: .follow) ?? [])
    }
  }

  /// What systemd mounts before it reads anything; a line of fstab is applied by remounting.
  ///
  /// Source: the table in systemd's `src/shared/mount-setup.c`.
  private static let own: [String: Set<MountFlag>] = [
    "/proc": [.nosuid, .nodev, .noexec, .relatime], "/sys": [.nosuid, .nodev, .noexec, .relatime],
    "/dev": [.nosuid, .noexec, .strictatime], "/dev/shm": [.nosuid, .nodev, .strictatime],
    "/dev/pts": [.nosuid, .noexec, .relatime], "/run": [.nosuid, .nodev, .strictatime],
    "/sys/fs/cgroup": [.nosuid, .nodev, .noexec, .relatime],
  ]

  /// What adds to the unit for `path`, generated or not, and gives it other options; the last counts.
  private static func dropIn(_ path: String, _ host: borrowing Host) throws(SystemError)
    -> MountBoot?
  {
    guard let name = UnitName(unitName(path)) else { return nil }
    let file = try UnitFile(name, host)
    guard
      let options = try file.assignments("Mount", all: true, host).last(where: {
        $0.key == "Options"
      }), options.place.path != file.path
    else { return nil }
    return .unit(
      path: options.place.path, line: options.place.line,
      options: MountOptions.words(options.text))
  }

  /// The unit for `path` in `folder`.
  private static func unit(_ path: String, in folder: String, _ host: borrowing Host)
    throws(SystemError) -> MountBoot?
  {
    let name = "\(folder)/\(unitName(path))"
    // A link to /dev/null masks the unit: nothing is mounted then.
    guard try host.inode(name) != nil else { return nil }
    guard let content = try? host.contents(name, last: .follow) else { return .nothing }
    let entry = KeyedLines(content, .ini).entries.last {
      $0.section == "Mount" && $0.key == "Options"
    }
    return .unit(
      path: name, line: entry?.number, options: MountOptions.words(entry?.text ?? ""))
  }

  /// The name of the mount unit for `path`, as systemd-escape(1) makes it.
  static func unitName(_ path: String) -> String {
    guard path != "/" else { return "-.mount" }
    var name = ""
    for (index, byte) in path.utf8.dropFirst().enumerated() {
      switch byte {
      case 0x2F: name += "-"
      case 0x2E where index == 0: name += "\\x2e"
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x3A, 0x5F:
        name.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16)
        name += "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }
    return name + ".mount"
  }
}
