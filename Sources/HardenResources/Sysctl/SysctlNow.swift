internal import HardenModel
internal import HardenSystem

/// The live half of a kernel parameter.
enum SysctlNow: Hashable, Sendable {
  /// There is no running kernel to ask.
  case offline
  /// The kernel has no such key.
  case absent
  /// The key holds this; whether anybody can write it.
  case value(String, isWritable: Bool)
  /// The key can only be written.
  case writeOnly
  /// It could not be read, and why.
  case unreadable(String)

  /// What `host` says of `key`.
  static func of(_ key: SysctlKey, on host: borrowing Host) throws(SystemError) -> SysctlNow {
    guard host.isLive else { return .offline }
    do throws(SystemError) {
      guard let value = try host.sysctl(key) else { return .absent }
      return .value(value, isWritable: try mode(of: key, on: host) & 0o222 != 0)
    } catch {
      guard error.isPermission else { return .unreadable("\(error)") }
      return try mode(of: key, on: host) & 0o444 == 0 ? .writeOnly : .unreadable("\(error)")
    }
  }

  private static func mode(of key: SysctlKey, on host: borrowing Host) throws(SystemError) -> UInt16
  {
    try host.mode(of: key)?.bits ?? 0
  }
}
