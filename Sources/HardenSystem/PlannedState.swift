internal import HardenModel

/// What steps would make of the host, laid over what is read from it.
struct PlannedState: Sendable {
  /// Kernel parameters that would hold something else.
  var sysctls: [SysctlKey: String] = [:]
  /// Mounts that would have other flags, or that would be made.
  var mounts: [String: MountPoint] = [:]
  /// Kernel modules that would be loaded, or not.
  var modules: [String: Bool] = [:]
  /// SELinux's booleans, and with nil its enforcement, that would be on or off.
  var selinux: [String?: Bool] = [:]
  /// Units of systemd that would be started or stopped.
  var units: [String: Bool] = [:]
  /// Units that would be started anew.
  var restarts: Set<String> = []
  /// Whether systemd would have read its unit files.
  var hasReadUnits = false
  /// The audit rules and settings that the kernel would hold; nil when nothing changes them.
  var audit: AuditState?
  /// Paths, without links on the way, that would be something else.
  private(set) var files: [String: PlannedFile] = [:]
  /// Whether anything that is there would be gone.
  private(set) var hasGaps = false

  /// Lays `file` over what stands at `path`.
  mutating func set(_ path: String, to file: PlannedFile) {
    files[path] = file
    if file.inode == nil { hasGaps = true }
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
