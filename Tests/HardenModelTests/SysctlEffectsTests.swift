import Foundation
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenModel

/// Every row of the table against the kernel, and the kernel against the table.
@Suite struct SysctlEffectsTests {
  private typealias Host = HardenSystem.Host

  @Test(.enabled(if: Namespace.isAvailable))
  func `the kernel changes along what the table says, and nothing else`() throws {
    let found = try Namespace.run {
      // An interface without an address, which therefore follows `default`.
      _ = try? Launch("/usr/sbin/ip", ["link", "add", "br0", "type", "bridge"]).status
      let host = try Host()
      var keys: [SysctlKey] = []
      for pattern in ["net/ipv4/conf/*/*", "net/ipv6/conf/*/*", "net/ipv4/*", "net/mptcp/*"] {
        keys += try host.sysctls(matching: pattern)
      }
      var found: [String] = []
      for key in keys { found += try surprises(key, among: keys, host) }
      return found
    }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }

  @Test func `causes are effects read backwards`() {
    let keys = [
      "net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding", "net/ipv4/conf/lo/forwarding",
      "net/ipv4/conf/all/accept_redirects", "net/ipv4/conf/lo/rp_filter",
      "net/ipv4/conf/default/rp_filter",
      "net/ipv4/conf/lo/route_localnet", "net/ipv4/conf/default/route_localnet",
      "net/ipv6/conf/lo/forwarding",
      "net/ipv6/conf/all/forwarding", "net/ipv6/conf/default/disable_ipv6",
      "net/ipv6/conf/all/disable_ipv6",
      "net/ipv6/conf/all/accept_ra", "net/ipv6/conf/lo/accept_ra", "vm/dirty_ratio",
      "vm/dirty_bytes", "kernel/x",
    ].map(SysctlKey.init(path:))
    for key in keys {
      for other in keys where other != key {
        let listed = key.affected.contains { other.matches($0) }
        #expect(
          other.causes.contains(key) == (listed && !Self.isExempt(key, other)), "\(key) -> \(other)"
        )
      }
    }
  }

  /// `conf/*/x` reaches `all` and `default` themselves, which do not follow `default`.
  private static func isExempt(_ key: SysctlKey, _ other: SysctlKey) -> Bool {
    key.components.contains("default") && other.components.contains("all")
  }

  @Test func `what stays until the next boot`() {
    #expect(SysctlKey(path: "kernel/modules_disabled").isOneWay("1"))
    #expect(!SysctlKey(path: "kernel/modules_disabled").isOneWay("0"))
    #expect(SysctlKey(path: "kernel/yama/ptrace_scope").isOneWay("3"))
    #expect(!SysctlKey(path: "kernel/yama/ptrace_scope").isOneWay("2"))
  }

  private func values(_ keys: [SysctlKey], _ host: borrowing Host) -> [SysctlKey: String] {
    var values: [SysctlKey: String] = [:]
    for key in keys { values[key] = try? host.sysctl(key) }
    return values
  }

  /// What writing something else to `key` and back does against the table.
  private func surprises(_ key: SysctlKey, among keys: [SysctlKey], _ host: borrowing Host) throws
    -> [String]
  {
    guard let value = try? host.sysctl(key), let number = Int(value) else { return [] }
    var found: [String] = []
    var before = values(keys, host)
    for text in [number == 0 ? "1" : "0", value] {
      guard (try? Data(text.utf8).write(to: URL(filePath: "/proc/sys/\(key.path)"))) != nil else {
        return []
      }
      let after = values(keys, host)
      for (other, now) in after where other != key && before[other] != now {
        let isListed = key.affected.contains { other.matches($0) } && other.causes.contains(key)
        let told = key.effect(of: text, on: other)
        if !isListed { found.append("\(key) = \(text) also changes \(other)") }
        if let told, told != now {
          found.append("\(key) = \(text) gives \(other) \(now), not \(told)")
        }
      }
      for (other, now) in after where other != key {
        if after[key] != before[key], let told = key.effect(of: text, on: other), told != now {
          found.append("\(key) = \(text) leaves \(other) at \(now), not \(told)")
        }
      }
      before = after
    }
    return found
  }
}
