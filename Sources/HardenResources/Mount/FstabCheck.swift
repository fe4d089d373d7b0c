internal import HardenModel
internal import HardenSystem

/// What speaks against lines of fstab, as `findmnt --verify` looks for it; nothing is run.
struct FstabCheck {
  /// One thing that is wrong with one line.
  private struct Problem: Hashable {
    var target: String
    var what: String
  }

  private var problems: [(line: FstabFile.Line, problem: Problem)] = []

  /// What speaks against the table of `host` as it is, looked for once.
  static func of(_ host: borrowing Host) throws(SystemError) -> FstabCheck {
    try host.once("fstab check") { host throws(SystemError) in
      try FstabCheck(try MountBoot.file(host), on: host)
    }
  }

  /// Looks at every line of `table` on `host`.
  init(_ table: FstabFile, on host: borrowing Host) throws(SystemError) {
    let lines = table.mounts
    for (index, line) in lines.enumerated() {
      let isLast = lines[(index + 1)...].allSatisfy { $0.target != line.target }
      if !isLast { add(line, "stands there more than once") }
      let parent = lines[(index + 1)...].first { Self.isBelow(line.target, $0.target) }
      if let parent { add(line, "comes before \(parent.target), which hides it") }
      if try !Self.isKnown(line, host) {
        add(line, "has the type \(line.type), which no kernel here and no mount program knows")
      }
      guard host.isLive, !line.options.contains("noauto"), !line.options.contains("nofail") else {
        continue
      }
      if let source = Self.missingSource(line, host) {
        add(
          line, "has a source that is not there (\(source)), for which a boot waits and then stops")
      }
      if try Self.isTargetMissing(line, lines, host) {
        add(line, "has no directory to mount it on")
      }
    }
  }

  private mutating func add(_ line: FstabFile.Line, _ what: String) {
    problems.append((line, Problem(target: line.target, what: what)))
  }

  private static func isBelow(_ path: String, _ top: String) -> Bool {
    path != top && (top == "/" || path.hasPrefix("\(top)/"))
  }

  // MARK: What it comes to

  /// What is wrong with the lines for `target`: one sentence for each.
  func sentences(for target: String) -> [String] {
    problems.filter { $0.problem.target == target }.map(Self.sentence)
  }

  /// What is wrong and was not `before`: one sentence for each.
  func sentences(besides before: FstabCheck) -> [String] {
    let known = Set(before.problems.map(\.problem))
    return problems.filter { !known.contains($0.problem) }.map(Self.sentence)
  }

  private static func sentence(_ found: (line: FstabFile.Line, problem: Problem)) -> String {
    let place = Place(MountBoot.table, line: found.line.number)
    return "the line of \(found.line.target) (\(place)) \(found.problem.what)"
  }

  // MARK: Types

  /// Types that need no module, or are no types.
  private static let usual: Set = [
    "none", "auto", "swap", "ignore", "bind", "tmpfs", "proc", "sysfs", "devpts", "devtmpfs",
    "ramfs",
    "cgroup", "cgroup2", "securityfs", "debugfs", "tracefs", "mqueue", "hugetlbfs", "pstore", "bpf",
    "configfs",
  ]

  /// Whether something can mount the type of `line`, or nobody can say.
  private static func isKnown(_ line: FstabFile.Line, _ host: borrowing Host) throws(SystemError)
    -> Bool
  {
    for type in line.type.split(at: ",").map(String.init) {
      if usual.contains(type) { return true }
      // fuse.sshfs is a program of fuse.
      let names = [type, String(type.prefix { $0 != "." })]
      if host.isLive, try kernelTypes(host).contains(where: names.contains) { return true }
      for folder in ["/sbin", "/usr/sbin", "/bin", "/usr/bin"] {
        for name in names where try host.has("mount.\(name)", in: folder) { return true }
      }
      let modules = try InstalledModules.of(host)
      if modules.isEmpty, !host.isLive { return true }
      let wanted = InstalledModules.module(of: names[1])
      if modules.loadable.contains(wanted) || modules.builtIn.contains(wanted) { return true }
    }
    return false
  }

  private static func kernelTypes(_ host: borrowing Host) throws(SystemError) -> Set<String> {
    let lines = (try host.text("/proc/filesystems") ?? "").split(at: "\n")
    return Set(lines.compactMap { $0.split(at: "\t").last.map(String.init) })
  }

  // MARK: Sources and targets

  private static let tags = [
    "UUID": "by-uuid", "LABEL": "by-label", "PARTUUID": "by-partuuid",
    "PARTLABEL": "by-partlabel", "ID": "by-id",
  ]

  /// The source of `line` where it ought to be a file here and is none.
  private static func missingSource(_ line: FstabFile.Line, _ host: borrowing Host) -> String? {
    let source = FstabFile.unescaped(line.source)
    let parts = source.split(at: "=", maxSplits: 1).map(String.init)
    if parts.count == 2, let folder = tags[parts[0]] {
      // Without udev nothing is told of any.
      guard exists("/dev/disk/\(folder)", host) else { return nil }
      let name = parts[1].filter { $0 != "\"" }
      let encoded = name.replacing(" ", by: "\\x20").replacing("/", by: "\\x2f")
      let isThere = [encoded, encoded.lowercased()].contains {
        exists("/dev/disk/\(folder)/\($0)", host)
      }
      return isThere ? nil : source
    }
    let isBind = line.options.contains("bind") || line.options.contains("rbind")
    guard source.hasPrefix("/dev/") || isBind && source.hasPrefix("/") else { return nil }
    return exists(source, host) ? nil : source
  }

  private static func isTargetMissing(
    _ line: FstabFile.Line, _ lines: [FstabFile.Line], _ host: borrowing Host
  ) throws(SystemError) -> Bool {
    let isMade = line.options.contains {
      $0.hasPrefix("x-mount.mkdir") || $0.hasPrefix("X-mount.mkdir")
    }
    guard !isMade, !exists(line.target, host) else { return false }
    // It may be on what is not mounted at the moment.
    for other in lines where isBelow(line.target, other.target) {
      if try host.mount(other.target) == nil { return false }
    }
    return true
  }

  /// Whether something is at `path`; what cannot be looked at counts as there.
  private static func exists(_ path: String, _ host: borrowing Host) -> Bool {
    do { return try host.inode(path) != nil } catch { return true }
  }
}
