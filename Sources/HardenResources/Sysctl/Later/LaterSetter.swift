internal import HardenModel
internal import HardenSystem

/// A kernel parameter that something else sets once it has started, which is after every file of
/// sysctl.d.
///
/// No file of harden's can win over it, so the plan says who it is and how it is kept from that.
struct LaterSetter: Hashable, Sendable {
  /// Who sets it.
  let who: String
  /// What it sets; `*` stands for every interface but the loopback.
  let key: SysctlKey
  /// What it sets it to.
  let value: String
  /// The line that has it do so, or the link that starts it where no line is needed.
  let place: Place
  /// How it is kept from that.
  let remedy: String

  /// All that `host` starts.
  static func all(on host: borrowing Host) throws(SystemError) -> [LaterSetter] {
    try host.once("later setters") { host throws(SystemError) in
      try TunedParameters.of(host).setters + DockerParameters.setters(on: host)
        + NetworkManagerParameters.setters(on: host)
    }
  }

  /// One sentence about what it does to `key`; nil when that is accepted, or nothing.
  func sentence(on key: SysctlKey, _ wanted: SysctlWanted) -> String? {
    guard reaches(key), !wanted.accepts(value) else { return nil }
    let isItself = key == self.key || isPattern && !key.isForEveryInterface
    return "\(who) sets \(isItself ? "it" : self.key.name) to \(value) once it has started "
      + "(\(place)); \(remedy)"
  }

  private var isPattern: Bool { key.path.contains("*") }

  /// Whether `other` then no longer says what holds: the key itself, what the kernel changes along,
  /// and what stands for all interfaces where it sets the key of one.
  private func reaches(_ other: SysctlKey) -> Bool {
    if other == key { return true }
    if key.isForwarding {
      return other.components.last == "forwarding" && key.effect(of: value, on: other) == value
    }
    let (mine, theirs) = (key.components, other.components)
    guard mine.count == 5, theirs.count == 5, mine[2] == "conf", !key.isForEveryInterface,
      [0, 1, 2, 4].allSatisfy({ mine[$0] == theirs[$0] })
    else { return false }
    return other.isForEveryInterface || isPattern && theirs[3] != "lo"
  }

  /// The link by which the next boot starts one of `units`; nil when it starts none.
  static func start(of units: [String], _ host: borrowing Host) throws(SystemError) -> Place? {
    for name in units.compactMap({ UnitName($0) }) {
      let unit = try UnitEnablement(name, host)
      if unit.isMasked || unit.file.path == nil { continue }
      if unit.state == .enabled, let link = unit.place { return Place(link) }
      if let link = try unit.starter(host) { return Place(link) }
    }
    return nil
  }
}

extension SysctlKey {
  /// Whether it stands for interfaces at large: `net.ipv4.conf.all` and `default`.
  fileprivate var isForEveryInterface: Bool {
    let parts = components
    return parts.count == 5 && parts[2] == "conf" && (parts[3] == "all" || parts[3] == "default")
  }
}
