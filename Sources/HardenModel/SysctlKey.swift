/// A kernel parameter, identified by its path below `/proc/sys`.
///
/// sysctl.d(5) swaps `.` and `/` in names whose first separator is a dot, so that interface names
/// with dots can be written; the path is the same whichever way it was spelled.
package struct SysctlKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The path below `/proc/sys`, for example `net/ipv4/conf/eth0.100/rp_filter`.
  package let path: String

  /// The key at `path` below `/proc/sys`, taken as it is.
  package init(path: String) { self.path = path }

  /// Reads a name as sysctl.d(5) does; doubled slashes and `.` components do not count.
  package init(name: some StringProtocol) {
    let isDotted = name.utf8.first { $0 == Self.dot || $0 == Self.slash } == Self.dot
    var bytes: [UInt8] = []
    bytes.reserveCapacity(name.utf8.count)
    var start = 0
    // Where a component ends that says nothing, it goes, and the slash before it stays.
    func end() {
      if bytes.count == start + 1, bytes[start] == Self.dot { bytes.removeLast() }
      if bytes.count > start { bytes.append(Self.slash) }
      start = bytes.count
    }
    for byte in name.utf8 {
      let spelled = isDotted ? Self.swapped(byte) : byte
      if spelled == Self.slash { end() } else { bytes.append(spelled) }
    }
    end()
    path = String(decoding: bytes.dropLast(), as: UTF8.self)
  }

  /// The name with dots, as `sysctl -a` prints it.
  package var name: String { Self.swapped(path) }

  package var description: String { name }

  /// Whether the key holds numbers and ranges in one word (`1-3,8080`) instead of numbers.
  package var isRangeList: Bool {
    path == "net/ipv4/ip_local_reserved_ports" || path == "net/ipv6/icmp/ratemask"
  }

  private static let dot = UInt8(ascii: ".")
  private static let slash = UInt8(ascii: "/")

  private static func swapped(_ text: String) -> String {
    String(decoding: text.utf8.map { swapped($0) }, as: UTF8.self)
  }

  private static func swapped(_ byte: UInt8) -> UInt8 {
    byte == dot ? slash : byte == slash ? dot : byte
  }

  package static func < (left: SysctlKey, right: SysctlKey) -> Bool { left.path < right.path }
}

extension SysctlKey: Codable {
  package init(from decoder: any Decoder) throws {
    path = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(path)
  }
}
