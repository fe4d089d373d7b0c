/// A kernel parameter, identified by its path below `/proc/sys`.
///
/// sysctl.d(5) swaps `.` and `/` in names whose first separator is a dot, so that interface names
/// with dots can be written; the path is the same whichever way it was spelled.
package struct SysctlKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The path below `/proc/sys`, for example `net/ipv4/conf/eth0.100/rp_filter`.
  package let path: String

  /// The key at `path` below `/proc/sys`, taken as it is.
  package init(path: String) { self.path = path }

  /// Reads a name as sysctl.d(5) does.
  package init(name: some StringProtocol) {
    let text = String(name)
    guard let first = text.first(where: { $0 == "." || $0 == "/" }), first == "." else {
      path = text
      return
    }
    path = Self.swapped(text)
  }

  /// The name with dots, as `sysctl -a` prints it.
  package var name: String { Self.swapped(path) }

  package var description: String { name }

  private static func swapped(_ text: String) -> String {
    String(text.map { $0 == "." ? "/" : $0 == "/" ? "." : $0 })
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
