internal import HardenModel

/// What steps would make of the host, laid over what is read from it.
struct PlannedState: Sendable {
  /// Kernel parameters that would hold something else.
  private(set) var sysctls: [SysctlKey: String] = [:]
  /// Mounts that would have other flags, or that would be made.
  var mounts: [String: MountPoint] = [:] { didSet { changes.insert(.mounts) } }
  /// Kernel modules that would be loaded, or not.
  var modules: [String: Bool] = [:] { didSet { changes.insert(.modules) } }
  /// SELinux's booleans, and with nil its enforcement, that would be on or off.
  var selinux: [String?: Bool] = [:] { didSet { changes.insert(.selinux) } }
  /// SELinux's domains that would be permissive, or not.
  var domains: [String: Bool] = [:] { didSet { changes.insert(.selinux) } }
  /// Units of systemd that would be started or stopped.
  var units: [String: Bool] = [:] { didSet { changes.insert(.units) } }
  /// Units that would be started anew.
  var restarts: Set<String> = [] { didSet { changes.insert(.units) } }
  /// Units that would have read their configuration again, and from where.
  var rereads: [String: Set<String>] = [:] { didSet { changes.insert(.units) } }
  /// Whether systemd would have read its unit files.
  var hasReadUnits = false { didSet { changes.insert(.units) } }
  /// The audit rules and settings that the kernel would hold; nil when nothing changes them.
  var audit: AuditState? { didSet { changes.insert(.audit) } }
  /// Paths, without links on the way, that would be something else.
  private(set) var files: [String: PlannedFile] = [:]
  /// The same by folder: whether each name in it would be there.
  private(set) var names: [String: [String: Bool]] = [:]
  /// Whether anything that is there would be gone.
  private(set) var hasGaps = false
  /// What is different since ``settle()``.
  private(set) var changes = Changes()

  /// Whether nothing at all is planned.
  var isEmpty: Bool {
    sysctls.isEmpty && mounts.isEmpty && modules.isEmpty && selinux.isEmpty && domains.isEmpty
      && units.isEmpty && restarts.isEmpty && rereads.isEmpty && !hasReadUnits && audit == nil
      && files.isEmpty
  }

  /// Lays `file` over what stands at `path`; who has read it before has not read this.
  mutating func set(_ path: String, to file: PlannedFile) {
    files[path] = file
    if file.inode == nil { hasGaps = true }
    let (folder, name) = Self.parts(path)
    for (unit, paths) in rereads where paths.contains(path) || paths.contains(folder) {
      rereads[unit] = nil
    }
    if hasReadUnits, path.hasPrefix("/etc/systemd/system/") { hasReadUnits = false }
    names[folder, default: [:]][name] = file.inode != nil
    changes.insert(.file(path))
    changes.insert(.folder(folder))
    if file.inode?.form != .file { changes.folders.insert(path[...]) }
  }

  /// Lays `value` over that of `key`.
  mutating func set(_ key: SysctlKey, to value: String) {
    sysctls[key] = value
    changes.insert(.sysctl(key))
  }

  /// Begins to note changes anew.
  mutating func settle() { changes = Changes() }

  private static func parts(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("/", path) }
    return (
      slash == path.startIndex ? "/" : String(path[..<slash]),
      String(path[path.index(after: slash)...])
    )
  }

  /// What can be different on a planned host.
  enum Source: Hashable, Sendable {
    /// What stands at a path without links.
    case file(String)
    /// The names in a folder.
    case folder(String)
    case sysctl(SysctlKey)
    case mounts, modules, selinux, units, audit
    /// Too much to keep count of.
    case anything
  }

  /// Everything that steps made different.
  struct Changes: Sendable {
    private var sources: Set<Source> = []
    /// Paths that have changed and that others may stand below.
    fileprivate var folders: Set<Substring> = []

    mutating func insert(_ source: Source) { sources.insert(source) }

    /// Whether what was read from `source` may be different.
    func touch(_ source: Source) -> Bool {
      if sources.contains(source) || source == .anything && !sources.isEmpty { return true }
      guard !folders.isEmpty else { return false }
      var path: Substring
      switch source {
      case .file(let file): path = file[...]
      case .folder(let folder):
        path = folder[...]
        if folders.contains(path) { return true }
      default: return false
      }
      while let slash = path.utf8.lastIndex(of: 0x2F), slash != path.startIndex {
        path = path[..<slash]
        if folders.contains(path) { return true }
      }
      return false
    }
  }

  /// One path as it would be.
  struct PlannedFile: Sendable {
    /// Nil when nothing would be there.
    var inode: Inode?
    /// The bytes of a regular file whose content would change.
    var content: [UInt8]?
    /// The text of a link.
    var target: String?
    /// Extended attributes that would change; nil values would be gone.
    var xattrs: [String: Bytes?] = [:]
  }
}
