internal import HardenModel
internal import HardenSystem

/// Modes and owners that a package manager gives to files again when it upgrades their package.
///
/// dpkg unpacks a file with those of the package, unless dpkg-statoverride(1) was told others; files
/// of configuration keep theirs. rpm keeps no others at all.
struct PackageModes {
  /// What would be given again although it is not wanted, and who was told so.
  private(set) var risk: String?
  /// What a reader should know besides.
  private(set) var note: String?

  /// One line of the file that dpkg-statoverride writes.
  private struct Override {
    var owner: String
    var group: String
    var mode: Mode
    var place: Place
  }

  private static let overrides = "/var/lib/dpkg/statoverride"

  /// Looks at the file or directory at `path`, which is `inode` and is to become as `compared` says.
  init(
    _ inode: Inode, _ compared: AttributeComparison, at path: String, on host: borrowing Host
  ) throws(SystemError) {
    let after = compared.after
    guard after.owner != nil || after.group != nil || after.mode != nil else { return }
    if let known = try Self.overrides(on: host)[Self.plain(path)] {
      let isKept =
        (after.owner.map { "\($0)" == known.owner } ?? true)
        && (after.group.map { "\($0)" == known.group } ?? true)
        && (after.mode.map { $0 == known.mode } ?? true)
      guard !isKept else { return }
      risk =
        "dpkg was told to give \(path) \(known.owner):\(known.group) \(known.mode) (\(known.place)), and "
        + "does it again at each upgrade; first: dpkg-statoverride --remove \(path)"
      return
    }
    guard inode.form == .file, let manager = try Self.manager(of: path, on: host) else { return }
    let accounts = try host.accounts()
    let owner = after.owner ?? accounts.user(inode.owner)
    let group = after.group ?? accounts.group(inode.group)
    let again = "an upgrade gives what belongs to a package the mode and owner of the package again"
    note =
      manager == .dpkg
      ? "\(again); this keeps it: dpkg-statoverride --add '\(owner)' '\(group)' "
        + "\(after.mode ?? inode.mode) \(path)"
      : "\(again), and rpm keeps no others: apply this again after upgrades"
  }

  /// What a reader should know of new capabilities of the program at `path`.
  static func capabilityNote(_ path: String, on host: borrowing Host) throws(SystemError) -> String?
  {
    try manager(of: path, on: host).map { _ in
      "an upgrade replaces what belongs to a package, and its capabilities: apply this again after it"
    }
  }

  // MARK: Package managers

  private enum Manager { case dpkg, rpm }

  /// Who would put a file at `path` there; nil where nobody does.
  private static func manager(of path: String, on host: borrowing Host) throws(SystemError)
    -> Manager?
  {
    guard ["/usr/", "/bin/", "/sbin/", "/lib", "/opt/"].contains(where: path.hasPrefix),
      !path.hasPrefix("/usr/local/")
    else { return nil }
    if try host.inode("/var/lib/dpkg/status") != nil { return .dpkg }
    for folder in ["/var/lib/rpm", "/usr/lib/sysimage/rpm"]
    where try host.inode(folder) != nil { return .rpm }
    return nil
  }

  /// What dpkg was told, by path.
  private static func overrides(on host: borrowing Host) throws(SystemError) -> [String: Override] {
    try host.once("statoverride") { host throws(SystemError) in
      var found: [String: Override] = [:]
      let lines = (try host.text(overrides) ?? "").split(
        at: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        let words = line.split(at: " ", maxSplits: 3)
        guard words.count == 4, let bits = UInt16(words[2], radix: 8) else { continue }
        found[plain(String(words[3]))] = Override(
          owner: String(words[0]), group: String(words[1]), mode: Mode(bits),
          place: Place(overrides, line: index + 1))
      }
      return found
    }
  }

  /// The same for the two names of what a merged /usr holds.
  private static func plain(_ path: String) -> String {
    ["/usr/bin/", "/usr/sbin/", "/usr/lib"].contains(where: path.hasPrefix)
      ? String(path.dropFirst("/usr".utf8.count)) : path
  }
}
