internal import HardenModel
internal import HardenSystem

/// Services that see a copy of a mount, which keeps its flags when ours change.
enum MountNamespaces {
  /// One sentence that names the services to restart; none where nobody sees a copy.
  static func notes(_ path: String, on host: borrowing Host) throws(SystemError) -> [String] {
    // Where nobody may look at the first process, harden's own mounts are taken for the host's.
    guard host.isLive, let own = host.mountNamespace(of: 1) ?? host.ownMountNamespace else {
      return []
    }
    var units: Set<String> = []
    for (process, space) in try host.mountNamespaces() where space != own {
      guard host.mountFlags(at: path, seenBy: process) != nil, let unit = host.unit(of: process)
      else { continue }
      units.insert(unit)
    }
    guard !units.isEmpty else { return [] }
    return [
      "\(units.sorted().joined(separator: ", ")) keep\(units.count == 1 ? "s" : "") the old flags "
        + "of \(path) until restarted"
    ]
  }
}
