import FoundationEssentials
import Glibc

/// Kernel parameters below `net`, which a private network namespace has for itself.
enum Parameters {
  typealias Setting = (key: String, value: String)

  /// Parameters with one number, and that number.
  static func writable() -> [Setting] {
    folders.flatMap { folder -> [Setting] in
      let names =
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/sys/\(folder)")) ?? []
      return names.sorted().filter { !left.contains($0) }.compactMap { name in
        let path = "\(folder)/\(name)"
        guard let value = read(path), Int(value) != nil else { return nil }
        return (path.replacing("/", with: "."), value)
      }
    }
  }

  /// At most `count` parameters with another value that the kernel takes without changing it.
  static func changeable(_ count: Int) -> [Setting] {
    var found: [Setting] = []
    for (key, value) in writable() where found.count < count {
      let path = key.replacing(".", with: "/")
      for wanted in [value == "0" ? "1" : "0", "\((Int(value) ?? 0) + 1)"] {
        let isTaken = write(wanted, path) && read(path) == wanted
        let isRestored = write(value, path) && read(path) == value
        guard isTaken, isRestored else { continue }
        found.append((key, wanted))
        break
      }
    }
    return found
  }

  private static let folders = [
    "net/ipv4/conf/lo", "net/ipv6/conf/lo", "net/ipv4/neigh/lo", "net/ipv6/neigh/lo",
    "net/ipv4/neigh/default", "net/ipv6/neigh/default", "net/ipv6/conf/default", "net/ipv4",
  ]

  /// Parameters that change others along, are another name of one, or cut the host off.
  private static let left: Set<String> = [
    "forwarding", "force_forwarding", "ip_forward", "disable_ipv6", "addr_gen_mode",
    "stable_secret",
    "mc_forwarding", "base_reachable_time", "retrans_time", "unres_qlen", "tag", "bc_forwarding",
    "ignore_routes_with_linkdown",
  ]

  private static func read(_ path: String) -> String? {
    (try? String(contentsOfFile: "/proc/sys/\(path)", encoding: .utf8))?
      .split(separator: "\n").first.map(String.init)
  }

  private static func write(_ value: String, _ path: String) -> Bool {
    let file = open("/proc/sys/\(path)", O_WRONLY)
    guard file >= 0 else { return false }
    defer { close(file) }
    return Glibc.write(file, value, value.utf8.count) == value.utf8.count
  }
}
