internal import HardenModel
internal import HardenSystem

/// What comes after sysctl.d at each boot and needs a module that could no longer be loaded.
///
/// Modules that modules-load.d names are in time: they are loaded before.
extension SysctlRisks {
  private static let remedy = "unless a file of /etc/modules-load.d names it"

  /// File systems of fstab: a boot that cannot mount one of them stops.
  func lateModules(_ host: borrowing Host) throws(SystemError) -> [String] {
    let lines = FstabFile(try host.contents("/etc/fstab") ?? []).mounts
    // The initial ram disk has loaded what the root file system needs.
    guard let root = lines.first(where: { $0.target == "/" })?.type else { return [] }
    let needed = lines.filter {
      ![root, "none", "auto"].contains($0.type) && !$0.options.contains("noauto")
    }
    let late = try Self.late(Set(needed.map { InstalledModules.module(of: $0.type) }), host)
    return needed.filter { late.contains(InstalledModules.module(of: $0.type)) }.map {
      "\($0.target) (/etc/fstab:\($0.number)) is of type \($0.type), a module that could no longer "
        + "be loaded when the next boot mounts it"
    }
  }

  /// Units that load modules when they start, and which.
  private static let units: [(names: [String], modules: [String])] = [
    (
      [
        "nftables.service", "firewalld.service", "ufw.service", "netfilter-persistent.service",
        "iptables.service",
      ], ["nf_tables", "ip_tables"]
    ),
    (
      ["docker.service", "containerd.service", "crio.service"], ["overlay", "br_netfilter", "veth"]
    ),
    (["kubelet.service"], ["br_netfilter", "overlay"]),
    (["libvirtd.service", "virtqemud.service"], ["kvm", "tun", "vhost_net"]),
    (["openvpn.service"], ["tun"]), (["bluetooth.service"], ["bluetooth"]),
  ]

  /// Services that could no longer do their work, and desktops, where devices come and go.
  func lateUnits(_ host: borrowing Host) throws(SystemError) -> [String] {
    var found: [String] = []
    for (names, modules) in Self.units {
      let late = try Self.late(Set(modules), host)
      guard let module = modules.first(where: late.contains) else { continue }
      for name in names {
        guard let place = try LaterSetter.start(of: [name], host) else { continue }
        found.append(
          "\(name), which each boot starts (\(place)), needs the module \(module), which could no longer "
            + "be loaded, \(Self.remedy)")
      }
    }
    if let place = try LaterSetter.start(of: ["display-manager.service"], host),
      try !InstalledModules.of(host).loadable.isEmpty
    {
      found.append(
        "somebody works at this host (\(place)): keyboards, screens and sticks that are plugged in "
          + "later would find no module")
    }
    return found
  }

  /// Network cards whose driver udev loads, which may be too late.
  func lateDrivers(_ host: borrowing Host) throws(SystemError) -> [String] {
    guard host.isLive else { return [] }
    let early = try InstalledModules.early(on: host)
    return host.networkInterfaces().compactMap { name in
      let link = "/sys/class/net/\(name)/device/driver/module"
      guard let target = (try? host.linkTarget(link)).flatMap({ $0 }),
        let module = target.split(at: "/").last.map(String.init), !early.contains(module)
      else { return nil }
      return
        "\(name) works by the module \(module), which a boot may come to too late, \(Self.remedy)"
    }
  }

  /// Those of `modules` that an installed kernel has to load, and does not load early.
  private static func late(_ modules: Set<String>, _ host: borrowing Host) throws(SystemError)
    -> Set<String>
  {
    let installed = try InstalledModules.of(host)
    let late = modules.intersection(installed.loadable).subtracting(installed.builtIn)
    return late.isEmpty ? late : late.subtracting(try InstalledModules.early(on: host))
  }
}
