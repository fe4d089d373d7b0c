internal import HardenModel
internal import HardenSystem

/// What speaks against changing this host at all, whatever the controls are.
///
/// Each has a name of its own (`host:container`) by which `--accept-risk` accepts it; no control can
/// have such a name.
struct HostInterlocks {
  /// One obstacle for each thing found, with its evidence.
  private(set) var obstacles: [Obstacle] = []

  /// Looks for what speaks against `steps`, which write files of the `sizes`, on `host`; nothing does
  /// when there is nothing to do.
  init(_ steps: [PlannedStep], _ sizes: [Digest: Int] = [:], on host: borrowing Host)
    throws(SystemError)
  {
    let steps = steps.map(\.step)
    guard !steps.isEmpty else { return }
    findContainer(steps, host)
    try findImage(steps, host)
    try findOthers(host)
    for sentence in try SpaceNeeded(steps, sizes, on: host).lacking(on: host) {
      add("space", sentence, "make room")
    }
  }

  private mutating func add(_ name: String, _ found: String, _ advice: String) {
    obstacles.append(
      Obstacle(
        .interlock, "host:\(name)",
        "\(found); \(advice), or accept it with --accept-risk host:\(name)")
    )
  }

  /// The kernel of a container belongs to its host; machines made from an image of a container have
  /// one of their own.
  private mutating func findContainer(_ steps: [Step], _ host: borrowing Host) {
    guard case .known(let kind) = host.fact(.container), kind != "none",
      !host.seesWholeKernel, let first = steps.first(where: { $0.changesKernel })
    else { return }
    add(
      "container",
      "this is a container (\(kind)), and \(first.target) belongs to the kernel of its host",
      "harden the image with --root and the host by itself")
  }

  /// Hosts that are made anew from an image or a description lose what is changed behind it.
  private mutating func findImage(_ steps: [Step], _ host: borrowing Host) throws(SystemError) {
    if try host.inode("/etc/NIXOS") != nil {
      add(
        "image",
        "this host is built from a description (/etc/NIXOS), which overwrites what is changed",
        "change the description")
    }
    let isBelow = { (path: String, top: String) in path == top || path.hasPrefix(top + "/") }
    if try host.inode("/run/ostree-booted") != nil,
      let path = steps.lazy.compactMap(\.path).first(where: { isBelow($0, "/usr") })
    {
      add(
        "image", "this host boots images (/run/ostree-booted), and the next one replaces \(path)",
        "change the image")
    }
    guard try host.mounts().contains(where: { $0.flags.contains(.readOnly) }) else { return }
    for path in steps.lazy.compactMap(\.path) {
      guard let mount = try host.mount(holding: path), mount.flags.contains(.readOnly) else {
        continue
      }
      add(
        "read-only", "\(path) is on \(mount.path), which is mounted read-only",
        "change what is mounted there")
      return
    }
  }

  private static let locks: [(path: String, lock: FileLock)] = [
    ("/var/lib/dpkg/lock-frontend", .record), ("/var/lib/dpkg/lock", .record),
    ("/var/lib/rpm/.rpm.lock", .record), ("/var/lib/dnf/rpmdb_lock.pid", .whole),
    ("/var/cache/chef/chef-client-running.pid", .whole),
    ("/var/chef/cache/chef-client-running.pid", .whole),
  ]

  /// Somebody else who changes this host right now, unless it is who runs harden.
  private mutating func findOthers(_ host: borrowing Host) throws(SystemError) {
    guard host.isLive else { return }
    lazy var ancestors = host.ancestors()
    for (path, lock) in Self.locks {
      guard let holder = host.lockHolder(of: path, lock),
        !ancestors.contains(where: { $0.pid == holder })
      else { continue }
      add(
        "others", "\(host.process(holder)) holds \(path) and is changing this host",
        "wait until it has ended")
      return
    }
    if let pid = try host.text("/opt/puppetlabs/puppet/cache/state/agent_catalog_run.lock")
      .flatMap({ Int($0.prefix { $0.isNumber }) }), try host.inode("/proc/\(pid)") != nil,
      !ancestors.contains(where: { $0.pid == pid })
    {
      add("others", "\(host.process(pid)) is changing this host", "wait until it has ended")
    }
    if let module = try AnsibleModule.running(on: host, except: ancestors) {
      add("others", "\(module) and is changing this host", "wait until it has ended")
    }
    if try host.inode("/run/cloud-init/status.json") != nil,
      try host.inode("/run/cloud-init/result.json") == nil,
      !ancestors.contains(where: { $0.name.hasPrefix("cloud-") })
    {
      add("others", "cloud-init is still setting this host up", "wait: cloud-init status --wait")
    }
  }
}
