/// What the kernel changes besides the key that is written: one table for ordering, before-images
/// and the planned host alike.
///
/// Sources: the kernel's `Documentation/networking/ip-sysctl.rst` and `admin-guide/sysctl/vm.rst`;
/// each row is run against a real kernel in the namespace tests.
extension SysctlKey {
  /// The components of the path.
  package var components: [Substring] { path.split(at: "/", omittingEmptySubsequences: false) }

  /// Whether writing the key turns forwarding on or off for a whole address family.
  package var isForwarding: Bool {
    [
      "net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding", "net/ipv6/conf/all/forwarding",
    ].contains(path)
  }

  /// Whether writing the key may drop addresses and routes, which no write brings back.
  package var losesAddresses: Bool {
    path.hasPrefix("net/ipv6/conf/") && path.hasSuffix("/disable_ipv6")
  }

  /// Whether `value`, once written, stays until the next boot.
  package func isOneWay(_ value: String) -> Bool {
    switch path {
    case "kernel/modules_disabled", "kernel/kexec_load_disabled": value == "1"
    case "kernel/unprivileged_bpf_disabled": value == "1"
    case "kernel/yama/ptrace_scope": value == "3"
    default: false
    }
  }

  /// Patterns of the keys that may change when this one is written, in the syntax of
  /// ``matches(_:)``; empty for most keys.
  package var affected: [String] {
    if let pair = Self.pairs[path] { return [path, pair] }
    if forwardsIPv4 {
      return [
        "net/ipv4/ip_forward", "net/ipv4/conf/*/forwarding", "net/ipv4/conf/all/accept_redirects",
      ]
    }
    guard let (family, name, setting) = networkSetting else { return [] }
    switch (family, name) {
    case ("ipv6", "all") where Self.reachingEveryInterface.contains(String(setting)),
      ("ipv4", "default") where !Self.notInherited.contains(String(setting)):
      return ["net/\(family)/conf/*/\(setting)"]
    default: return []
    }
  }

  /// The keys whose writing may change this one: ``affected`` read backwards.
  package var causes: [SysctlKey] {
    if let pair = Self.pairs[path] { return [SysctlKey(path: pair)] }
    let setting = networkSetting
    let forwarding = ["net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding"]
    if path == "net/ipv4/ip_forward" || path == "net/ipv4/conf/all/accept_redirects"
      || setting?.family == "ipv4" && setting?.setting == "forwarding"
    {
      return forwarding.filter { $0 != path }.map(SysctlKey.init(path:))
    }
    if let inherited { return [inherited] }
    guard let (family, name, setting) = setting, family == "ipv6", name != "all",
      Self.reachingEveryInterface.contains(String(setting)),
      setting != "force_forwarding" || name != "default"
    else { return [] }
    return [SysctlKey(path: "net/ipv6/conf/all/\(setting)")]
  }

  /// The key of `default` that this key of an interface follows until it is written itself, or
  /// until the interface gets an IPv4 address; nil for other keys.
  package var inherited: SysctlKey? {
    guard let (family, name, setting) = networkSetting, family == "ipv4", name != "all",
      name != "default", !Self.notInherited.contains(String(setting))
    else { return nil }
    return SysctlKey(path: "net/ipv4/conf/default/\(setting)")
  }

  /// The value that writing `value` here gives to `other`; nil when it stays
  /// or cannot be known: whether an interface follows `default` is nowhere to be read.
  ///
  /// It is about writing something new: writing what a key holds already changes nothing.
  package func effect(of value: String, on other: SysctlKey) -> String? {
    guard other.causes.contains(self), other.inherited != self else { return nil }
    switch path {
    case "net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding":
      guard other.path == "net/ipv4/conf/all/accept_redirects" else { return value }
      return value == "0" ? "1" : "0"
    case "net/mptcp/pm_type":
      return value == "0" ? "kernel" : value == "1" ? "userspace" : nil
    case "net/mptcp/path_manager":
      return value == "kernel" ? "0" : value == "userspace" ? "1" : nil
    case "net/ipv6/route/gc_min_interval", "net/ipv6/route/gc_min_interval_ms":
      let isSeconds = path == "net/ipv6/route/gc_min_interval"
      guard let time = SysctlValue.number(value), time.magnitude <= 1 << 31 else { return nil }
      return String(isSeconds ? time * 1000 : time / 1000)
    default:
      guard Self.pairs[path] == other.path else { return value }
      return value == "0" ? nil : "0"
    }
  }

  private var forwardsIPv4: Bool {
    path == "net/ipv4/ip_forward" || path == "net/ipv4/conf/all/forwarding"
  }

  /// The parts of `net/FAMILY/conf/NAME/SETTING`.
  private var networkSetting: (family: Substring, name: Substring, setting: Substring)? {
    let top = "net/ipv4/conf/".utf8.count
    guard path.hasPrefix("net/ipv4/conf/") || path.hasPrefix("net/ipv6/conf/") else { return nil }
    let bytes = path.utf8
    let start = bytes.index(bytes.startIndex, offsetBy: top)
    guard let slash = bytes[start...].firstIndex(of: 0x2F) else { return nil }
    let setting = path[bytes.index(after: slash)...]
    guard !setting.utf8.contains(0x2F) else { return nil }
    let family = path[bytes.index(start, offsetBy: -10)..<bytes.index(start, offsetBy: -6)]
    return (family, path[start..<slash], setting)
  }

  /// Settings of `net/ipv6/conf/all` that are written to every interface.
  private static let reachingEveryInterface: Set = [
    "addr_gen_mode", "disable_ipv6", "force_forwarding", "forwarding",
    "ignore_routes_with_linkdown",
  ]

  /// Settings of `net/ipv4/conf/default` that only new interfaces take over.
  private static let notInherited: Set = [
    "disable_policy", "disable_xfrm", "drop_unicast_in_l2_multicast", "forwarding", "mc_forwarding",
    "promote_secondaries", "route_localnet",
  ]

  /// Two keys of which each sets the other.
  private static let pairs: [String: String] = {
    let pairs = [
      ("vm/dirty_ratio", "vm/dirty_bytes"),
      ("vm/dirty_background_ratio", "vm/dirty_background_bytes"),
      ("vm/overcommit_ratio", "vm/overcommit_kbytes"),
      ("net/mptcp/pm_type", "net/mptcp/path_manager"),
      ("net/ipv6/route/gc_min_interval", "net/ipv6/route/gc_min_interval_ms"),
    ]
    return Dictionary(uniqueKeysWithValues: pairs + pairs.map { ($0.1, $0.0) })
  }()

  /// Whether the path matches `pattern`, in which `*` stands for one whole component or a part
  /// of one, never for a slash.
  package func matches(_ pattern: String) -> Bool {
    // What stands before and behind all special characters has to be there as it is; most often it
    // is not.
    let isSpecial = { (byte: UInt8) in "*?[]\\".utf8.contains(byte) }
    guard let first = pattern.utf8.firstIndex(where: isSpecial),
      let last = pattern.utf8.lastIndex(where: isSpecial)
    else { return path == pattern }
    let end = pattern.utf8[last...].dropFirst()
    guard path.utf8.starts(with: pattern.utf8[..<first]),
      path.utf8.reversed().starts(with: end.reversed())
    else { return false }
    let parts = pattern.split(at: "/", omittingEmptySubsequences: false)
    let own = components
    return parts.count == own.count && zip(parts, own).allSatisfy { Glob.matches($1, $0) }
  }
}
