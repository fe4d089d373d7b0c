internal import HardenModel
internal import HardenSystem

/// Kernel parameters that NetworkManager(8) sets for each connection that it brings up by itself,
/// where the next boot starts it.
///
/// Sources: nm-settings-keyfile(5), NetworkManager.conf(5) and, for what a method does to the
/// kernel's keys, `nm-device.c` of NetworkManager 1.42.
enum NetworkManagerParameters {
  private static let profiles = ["/etc", "/run", "/usr/lib"].map {
    "\($0)/NetworkManager/system-connections"
  }

  static func setters(on host: borrowing Host) throws(SystemError) -> [LaterSetter] {
    guard try host.hasCommand("NetworkManager"),
      try LaterSetter.start(of: ["NetworkManager.service"], host) != nil
    else { return [] }
    let privacy = try usualPrivacy(host)
    var found: [LaterSetter] = []
    var seen: Set<String> = []
    for folder in profiles {
      // They are root's alone: who may not read them is told nothing.
      for name in (try? host.entries(folder)) ?? [] where isProfile(name, in: folder) {
        let path = "\(folder)/\(name)"
        guard seen.insert(name).inserted, let inode = try host.inode(path),
          inode.owner == 0, inode.mode.bits & 0o077 == 0 || folder.hasPrefix("/usr/"),
          let content = try? host.contents(path)
        else { continue }
        found += Profile(path: path, lines: KeyedLines(content, .ini)).setters(privacy)
      }
    }
    return found
  }

  private static func isProfile(_ name: String, in folder: String) -> Bool {
    name.first != "." && name.last != "~"
      && (folder.hasPrefix("/etc/") || name.hasSuffix(".nmconnection"))
  }

  // MARK: What holds where a profile says nothing

  private typealias Setting = (text: String, place: Place)

  /// What the section `[connection]` says of temporary addresses; nil where it says nothing, or where
  /// a section for some devices says something else.
  private static func usualPrivacy(_ host: borrowing Host) throws(SystemError) -> Setting? {
    var found: Setting?
    for path in try configuration(host) {
      let lines = KeyedLines(try host.contents(path, last: .follow) ?? [], .ini)
      for entry in lines.entries where entry.key == "ipv6.ip6-privacy" {
        guard entry.section == "connection" else {
          if entry.section.hasPrefix("connection") { return nil }
          continue
        }
        found = (entry.text, Place(path, line: entry.number))
      }
    }
    return decided(found)
  }

  /// `privacy` unless its number leaves the choice to others.
  private static func decided(_ privacy: Setting?) -> Setting? {
    privacy.flatMap { Int($0.text) ?? -1 < 0 ? nil : $0 }
  }

  /// Its files in the order in which they are read.
  private static func configuration(_ host: borrowing Host) throws(SystemError) -> [String] {
    var files: [[String]] = []
    var seen: Set<String> = []
    for folder in ["/etc", "/run", "/usr/lib"].map({ "\($0)/NetworkManager/conf.d" }) {
      files.append(
        try host.entries(folder).filter { $0.hasSuffix(".conf") && seen.insert($0).inserted }
          .map { "\(folder)/\($0)" })
    }
    return files[2] + files[1] + ["/etc/NetworkManager/NetworkManager.conf"] + files[0]
  }

  // MARK: Profiles

  private struct Profile {
    let path: String
    let lines: KeyedLines

    private func setting(_ section: String, _ key: String) -> Setting? {
      lines.entries.last { $0.section == section && $0.key == key }.map {
        ($0.text, Place(path, line: $0.number))
      }
    }

    func setters(_ usualPrivacy: Setting?) -> [LaterSetter] {
      let about = { (key: String) in setting("connection", key)?.text }
      let type = about("type")
      // Ports of a bridge or bond have no addresses; the others are brought up by somebody.
      guard type != "vpn", about("master") == nil, about("controller") == nil,
        about("autoconnect") != "false"
      else { return [] }
      let interface = about("interface-name") ?? "*"
      let method = setting("ipv6", "method")
      let place = method?.place ?? Place(path)
      let setter = { (key: String, value: String, place: Place, remedy: String) in
        LaterSetter(
          who: "NetworkManager", key: SysctlKey(path: "net/\(key)"), value: value, place: place,
          remedy: remedy)
      }
      let own = "ipv6/conf/\(interface)"
      var found: [LaterSetter] = []
      if let shared = setting("ipv4", "method"), shared.text == "shared" {
        found.append(
          setter("ipv4/ip_forward", "1", shared.place, "another method in its [ipv4] does not"))
      }
      switch method?.text ?? (type == "wireguard" ? "disabled" : "auto") {
      case "ignore": return found
      case "disabled":
        return found + [
          setter("\(own)/disable_ipv6", "1", place, "method=ignore in its [ipv6] leaves it alone")
        ]
      case "shared":
        found.append(
          setter(
            "ipv6/conf/all/forwarding", "1", place, "another method in its [ipv6] does not"))
      default: break
      }
      found += [
        setter("\(own)/disable_ipv6", "0", place, "method=disabled in its [ipv6] sets it to 1"),
        setter("\(own)/accept_ra", "0", place, "it takes what routers advertise by itself"),
      ]
      if let privacy = NetworkManagerParameters.decided(setting("ipv6", "ip6-privacy"))
        ?? usualPrivacy
      {
        found.append(
          setter("\(own)/use_tempaddr", privacy.text, privacy.place, "ip6-privacy is what counts"))
      }
      return found
    }
  }
}
