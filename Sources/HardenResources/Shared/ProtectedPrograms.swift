internal import HardenModel
internal import HardenSystem

/// Programs that work only with the rights that their file gives them, and what breaks without.
enum ProtectedPrograms {
  private static let uses = [
    "sudo": "nobody can become root with it any more",
    "su": "nobody can change to another account with it any more",
    "mount": "users can no longer mount what fstab allows them to",
    "umount": "users can no longer unmount what fstab allows them to",
    "pkexec": "programs can no longer ask for rights through polkit",
    "polkit-agent-helper-1": "polkit can no longer check passwords",
    "dbus-daemon-launch-helper": "the system bus can no longer start services",
    "newuidmap": "rootless containers no longer start",
    "newgidmap": "rootless containers no longer start",
    "passwd": "users can no longer change their password",
    "chage": "users can no longer read when their password expires",
    "unix_chkpwd": "screen lockers and services without root can no longer check passwords",
    "ssh-keysign": "host-based authentication of ssh stops",
    "ping": "users can no longer ping where ping sockets are not allowed to them",
    "chrome-sandbox": "browsers lose their sandbox or do not start",
    "fusermount3": "users can no longer mount their own file systems",
    "crontab": "users can no longer edit their cron table",
    "at": "users can no longer queue work",
  ]

  /// Where the distribution puts such programs; a file of the same name elsewhere is just a file.
  private static let folders = ["/bin/", "/sbin/", "/usr/", "/opt/"]

  /// The directories themselves that distributions put them into.
  private static let places = [
    "/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/libexec", "/usr/lib/polkit-1",
    "/usr/lib/dbus-1.0", "/usr/libexec/openssh", "/usr/lib/openssh",
  ]

  /// Those that `mount` shows and whose file gives them rights, by path, and what breaks without.
  static func installed(on mount: MountPoint, _ host: borrowing Host) throws(SystemError)
    -> [(path: String, use: String)]
  {
    var found: [String: String] = [:]
    var seen: Set<String> = []
    for place in places {
      let folder = try host.canonical(place, last: .follow)
      guard seen.insert(folder).inserted, try host.inode(folder) != nil else { continue }
      for (name, use) in uses {
        let path = try host.canonical("\(folder)/\(name)", last: .follow)
        guard let inode = try host.inode(path), inode.form == .file,
          try host.mount(holding: path)?.path == mount.path, try hasRights(inode, path, host)
        else { continue }
        found[path] = use
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Whether the program at `path`, which is `inode`, has set-id bits or capabilities.
  static func hasRights(_ inode: Inode, _ path: String, _ host: borrowing Host)
    throws(SystemError) -> Bool
  {
    guard inode.mode.bits & 0o111 != 0 else { return false }
    guard inode.mode.bits & 0o6000 == 0 else { return true }
    return try host.xattrs(path)[FileCapabilities.attribute] != nil
  }

  private static func use(_ path: String) -> String? {
    guard folders.contains(where: path.hasPrefix), !path.hasPrefix("/usr/local/") else {
      return nil
    }
    return uses[path.lastComponent]
  }

  /// What breaks when the program at `path` goes from capabilities `found` to `wanted`.
  static func losing(_ found: Bytes?, _ wanted: Bytes?, at path: String) -> String? {
    let had = found.flatMap { FileCapabilities(bytes: $0.raw) } ?? FileCapabilities()
    let has = wanted.flatMap { FileCapabilities(bytes: $0.raw) } ?? FileCapabilities()
    let isLess =
      had.permitted & ~has.permitted != 0 || had.inheritable & ~has.inheritable != 0
      || had.isEffective && !has.isEffective
    guard isLess, let use = use(path) else { return nil }
    return "\(path) loses capabilities that it works with (\(had.text)): \(use)"
  }

  /// What breaks when the program at `path`, which is `inode`, becomes what is wanted.
  static func losing(_ inode: Inode, _ compared: AttributeComparison, at path: String) -> String? {
    guard inode.form == .file else { return nil }
    if let lost = losing(compared.before.mode, compared.after.mode, at: path) { return lost }
    let isLeaving = compared.after.owner != nil && inode.owner == 0 && inode.mode.bits & 0o4000 != 0
    guard isLeaving, let owner = compared.after.owner, let use = use(path) else { return nil }
    return "\(path) would act for \(owner) and no longer for root: \(use)"
  }

  /// What breaks when the program at `path` goes from mode `found` to `wanted`.
  static func losing(_ found: Mode?, _ wanted: Mode?, at path: String) -> String? {
    guard let found, let wanted, found.bits & ~wanted.bits & 0o6000 != 0, let use = use(path) else {
      return nil
    }
    return "\(path) loses its set-id bit (\(found) to \(wanted)): \(use)"
  }
}
