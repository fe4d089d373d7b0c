internal import HardenModel
internal import HardenSystem

/// Keys that can cut off this host, or what is behind it.
extension SysctlRisks {
  /// Beginnings of the names of interfaces that exist to be forwarded to, and what is behind them.
  private static let forwarded: [(prefix: String, what: String)] = [
    ("docker", "containers"), ("br-", "containers"), ("podman", "containers"),
    ("cni", "containers"), ("flannel", "containers"), ("cali", "containers"),
    ("cilium", "containers"), ("lxdbr", "containers"), ("lxcbr", "containers"),
    ("veth", "containers"), ("virbr", "virtual machines"), ("vnet", "virtual machines"),
    ("wg", "a virtual private network"), ("tun", "a virtual private network"),
    ("tailscale", "a virtual private network"),
  ]

  private static func behind(_ interface: String) -> String? {
    forwarded.first { interface.hasPrefix($0.prefix) }?.what
  }

  /// What is behind this host and would no longer be reached.
  func forwarding(_ host: borrowing Host) throws(SystemError) -> [String] {
    guard current != "0" else { return [] }
    var found = host.networkInterfaces().compactMap { name in
      Self.behind(name).map { "\(name) leads to \($0), which would be cut off" }
    }
    if try hasPods(host) { found.append("kubelet.service is enabled, and pods need forwarding") }
    return found
  }

  private func hasPods(_ host: borrowing Host) throws(SystemError) -> Bool {
    try host.inode("/etc/systemd/system/multi-user.target.wants/kubelet.service") != nil
  }

  /// Whose packets stay on a bridge and would no longer be translated or refused by `table`.
  func bridged(_ table: String, _ host: borrowing Host) throws(SystemError) -> [String] {
    guard current != "0" else { return [] }
    var found: [String] = []
    for name in host.networkInterfaces() where Self.behind(name) == "containers" {
      let ports = host.bridgePorts(of: name)
      guard let port = ports.first else { continue }
      let more = ports.count > 1 ? " and \(ports.count - 1) more" : ""
      found.append(
        "\(name) joins containers (by \(port)\(more)), and what they send one another would pass by "
          + table)
    }
    if try hasPods(host) {
      found.append("kubelet.service is enabled, and pods on one bridge reach services by \(table)")
    }
    return found
  }

  /// What runs over IPv6 alone.
  func ipv6(_ host: borrowing Host) -> [String] {
    let reaches = { (name: String) in interface.map { $0 == name } ?? true }
    var found: [String] = []
    if host.defaultRoutes4().isEmpty, let route = host.defaultRoutes6().first(where: reaches) {
      found.append("the only way out is IPv6, by \(route)")
    }
    for (name, address) in host.lastingAddresses6() where reaches(name) {
      found.append("\(name) loses \(address), and undoing does not bring it back")
    }
    guard interface == nil || interface == "lo" else { return found }
    for socket in Set(host.sockets6()).sorted(by: { ($0.port, $0.peer) < ($1.port, $1.peer) }) {
      if !socket.listens, socket.peer != "::1" {
        found.append("a connection from \(socket.peer) to port \(socket.port) is IPv6")
      } else if socket.listens, socket.local == "::1" {
        found.append("what listens on ::1, port \(socket.port), could not be started again")
      }
    }
    return found
  }

  /// Answers that leave by another way than questions come in are dropped.
  func strictPaths(_ host: borrowing Host) -> [String] {
    let routes = Set(host.defaultRoutes4()).sorted()
    let rules = interface == "lo" ? [] : host.routingRules().filter { !$0.isUsual }
    if let interface, !routes.contains(interface), rules.isEmpty, Self.behind(interface) == nil {
      return []
    }
    var found: [String] = []
    if routes.count > 1 {
      found.append(
        "there are default routes by \(routes.joined(separator: " and ")), so answers may leave by "
          + "another one than questions come in")
    }
    if let rule = rules.first {
      let more = rules.count > 1 ? " and \(rules.count - 1) more" : ""
      found.append(
        "a rule chooses among tables of routes (\(rule)\(more)), so answers may leave by another way "
          + "than questions come in")
    }
    for name in host.networkInterfaces() where interface.map({ $0 == name }) ?? true {
      if Self.behind(name) == "a virtual private network" {
        found.append("\(name) is a virtual private network, whose routes are rarely symmetric")
      }
    }
    return found
  }
}
