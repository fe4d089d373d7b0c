internal import HardenModel
internal import HardenSystem

/// What would break on this host when `key` gets `value`: the evidence, one sentence for each.
struct SysctlRisks {
  let key: SysctlKey
  let value: String
  /// What the key holds now; nil below `--root`.
  let current: String?

  /// Looks for it; for most keys there is nothing to look for.
  func sentences(_ host: borrowing Host) throws(SystemError) -> [String] {
    guard current != value else { return [] }
    switch key.path {
    case "kernel/modules_disabled" where value == "1":
      return try lateModules(host) + lateUnits(host) + lateDrivers(host)
    case "kernel/kexec_load_disabled" where value == "1": return try crashKernel(host)
    case "kernel/yama/ptrace_scope" where value == "3": return tracing(host)
    case "user/max_user_namespaces" where value == "0",
      "kernel/unprivileged_userns_clone" where value == "0",
      "kernel/apparmor_restrict_unprivileged_userns" where value == "1":
      return try userNamespaces(host)
    case "net/ipv4/ip_forward" where value == "0",
      "net/ipv4/conf/all/forwarding" where value == "0",
      "net/ipv6/conf/all/forwarding" where value == "0":
      return try forwarding(host)
    case "net/bridge/bridge-nf-call-iptables" where value == "0":
      return try bridged("iptables", host)
    case "net/bridge/bridge-nf-call-ip6tables" where value == "0":
      return try bridged("ip6tables", host)
    case "net/bridge/bridge-nf-call-arptables" where value == "0":
      return try bridged("arptables", host)
    default: break
    }
    if key.path.hasPrefix("net/ipv6/conf/"), key.path.hasSuffix("/disable_ipv6"), value == "1" {
      return try ipv6(host) + socketUnits(host)
    }
    if key.path.hasPrefix("net/ipv4/conf/"), key.path.hasSuffix("/rp_filter"), value == "1" {
      return strictPaths(host)
    }
    return []
  }

  /// The interface of a key below `net/…/conf`; nil where it reaches all of them.
  var interface: String? {
    let part = key.path.split(at: "/").dropFirst(3).first.map(String.init)
    return part == "all" || part == "default" ? nil : part
  }
}
