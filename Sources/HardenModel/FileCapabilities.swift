/// The capabilities that a program gets when it is executed, as `security.capability` holds them.
///
/// Source: the kernel's `include/uapi/linux/capability.h`, revisions 2 and 3.
package struct FileCapabilities: Hashable, Sendable {
  /// Granted whatever the caller has; bit n is capability n.
  package var permitted: UInt64
  /// Granted where the caller has it inheritable, too.
  package var inheritable: UInt64
  /// Whether what is granted is in force at once; it is one bit for all of them.
  package var isEffective: Bool
  /// The user that is root of the namespace they count in; nil for the first namespace.
  package var root: UInt32?

  /// Capabilities; see the properties.
  package init(
    permitted: UInt64 = 0, inheritable: UInt64 = 0, isEffective: Bool = false, root: UInt32? = nil
  ) {
    self.permitted = permitted
    self.inheritable = inheritable
    self.isEffective = isEffective
    self.root = root
  }

  /// The attribute's name.
  package static let attribute = "security.capability"

  private static let revision2: UInt32 = 0x0200_0000
  private static let revision3: UInt32 = 0x0300_0000

  /// Reads the attribute's value; nil when it is of no revision that kernels still take.
  package init?(bytes: [UInt8]) {
    let words = stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
      (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
    }
    guard let magic = words.first, magic & 0x00FF_FFFE == 0 else { return nil }
    switch (magic & 0xFF00_0000, bytes.count) {
    case (Self.revision2, 20): root = nil
    case (Self.revision3, 24): root = words[5]
    default: return nil
    }
    isEffective = magic & 1 == 1
    permitted = UInt64(words[1]) | UInt64(words[3]) << 32
    inheritable = UInt64(words[2]) | UInt64(words[4]) << 32
  }

  /// The attribute's value.
  package var bytes: [UInt8] {
    let magic = (root == nil ? Self.revision2 : Self.revision3) | (isEffective ? 1 : 0)
    let words =
      [
        magic, UInt32(truncatingIfNeeded: permitted), UInt32(truncatingIfNeeded: inheritable),
        UInt32(truncatingIfNeeded: permitted >> 32), UInt32(truncatingIfNeeded: inheritable >> 32),
      ] + (root.map { [$0] } ?? [])
    return words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
  }

  /// The kernel's names, in the order of their numbers.
  package static let names = [
    "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid",
    "setpcap", "linux_immutable", "net_bind_service", "net_broadcast", "net_admin", "net_raw",
    "ipc_lock", "ipc_owner", "sys_module", "sys_rawio", "sys_chroot", "sys_ptrace", "sys_pacct",
    "sys_admin", "sys_boot", "sys_nice", "sys_resource", "sys_time", "sys_tty_config", "mknod",
    "lease", "audit_write", "audit_control", "setfcap", "mac_override", "mac_admin", "syslog",
    "wake_alarm", "block_suspend", "audit_read", "perfmon", "bpf", "checkpoint_restore",
  ].map { "cap_" + $0 }

  /// Every capability that has a name.
  static let all = (UInt64(1) << UInt64(names.count)) - 1
}
