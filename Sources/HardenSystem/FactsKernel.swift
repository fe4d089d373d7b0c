internal import HardenModel

/// Facts that the running kernel answers below `/sys`.
extension Host {
  func selinux() throws(SystemError) -> Measured<String> {
    try live("selinux") { () throws(SystemError) in
      switch try text("/sys/fs/selinux/enforce")?.first {
      case "1": .known("enforcing")
      case "0": .known("permissive")
      default: .known("disabled")
      }
    }
  }

  func apparmor() throws(SystemError) -> Measured<String> {
    try live("apparmor") { () throws(SystemError) in
      let flag = try text("/sys/module/apparmor/parameters/enabled")
      return .known(flag?.first == "Y" ? "enabled" : "disabled")
    }
  }

  func uefi() throws(SystemError) -> Measured<String> {
    try live("uefi") { () throws(SystemError) in
      .known(try inode("/sys/firmware/efi") == nil ? "false" : "true")
    }
  }

  /// Whether `path` is a mount point of this process's mount namespace.
  package func isMounted(_ path: String) throws(SystemError) -> Measured<Bool> {
    try live("mounts") { () throws(SystemError) in
      let points = try once("mount points") { host throws(SystemError) in
        let bytes = try host.contents("/proc/self/mountinfo", limit: 64 << 20, last: .follow)
        return MountPoints(String(decoding: bytes ?? [], as: UTF8.self))
      }
      return .known(points.paths.contains(path))
    }
  }
}

/// The mount points in the text of `/proc/self/mountinfo`.
struct MountPoints {
  let paths: Set<String>

  init(_ text: String) {
    paths = Set(
      text.split(at: "\n").compactMap { line in
        let fields = line.split(at: " ", maxSplits: 5)
        return fields.count > 4 ? Self.plain(fields[4]) : nil
      })
  }

  /// The kernel writes space, tab, newline and backslash as three octal digits.
  private static func plain(_ field: Substring) -> String {
    guard field.contains("\\") else { return String(field) }
    var bytes: [UInt8] = []
    var rest = field.utf8[...]
    while let byte = rest.popFirst() {
      if byte == 0x5C, let code = UInt8(String(rest.prefix(3)) ?? "", radix: 8) {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
