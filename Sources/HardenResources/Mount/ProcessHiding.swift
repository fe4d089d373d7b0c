internal import HardenCore
internal import HardenModel
internal import HardenSystem

/// `hidepid=` of proc(5), by which users do not see the processes of others.
///
/// It belongs to the file system and so to every mount of it at once, containers' and services' own
/// included, and systemd does not support it; harden compares it and never sets it.
enum ProcessHiding {
  /// Where the processes are seen.
  static let place = "/proc"

  /// Whether `word` is about it.
  static func isOption(_ word: String) -> Bool {
    word == "hidepid" || word.hasPrefix("hidepid=")
  }

  /// Why `option` is not set, with what it would break; nil where it is in force.
  static func refusal(of option: String, _ host: borrowing Host) throws(SystemError) -> String? {
    let names = ["0": "off", "1": "noaccess", "2": "invisible", "4": "ptraceable"]
    let plain = { (word: String) in
      let value = word.split(at: "=").dropFirst().first.map(String.init) ?? ""
      return names[value] ?? value
    }
    let now = try host.mount(place)?.superOptions.first(where: isOption).map(plain)
    if let mount = now ?? (host.isLive ? "off" : nil), mount == plain(option) { return nil }
    let way = "give units ProtectProc=invisible instead, which hides processes from them alone"
    let broken = try broken(host)
    guard !broken.isEmpty else {
      return "\(option) belongs to the file system and not to one mount of it, and harden does not "
        + "set it; \(way)"
    }
    return "\(option) would break this host: \(broken.joined(separator: ", and ")); \(way)"
  }

  /// Who has to look into the processes of others.
  private static func broken(_ host: borrowing Host) throws(SystemError) -> [String] {
    var found: [String] = []
    let manager = host.isLive ? "/run/systemd/system" : "/usr/lib/systemd/systemd"
    if try host.inode(manager) != nil {
      found.append("systemd (\(manager)) does not support it, nor does logind")
    }
    let programs = [
      "/usr/lib/polkit-1/polkitd", "/usr/libexec/polkitd", "/usr/lib/policykit-1/polkitd",
    ]
    for path in programs where try host.inode(path) != nil {
      found.append("polkit (\(path)) could not look into the processes that ask it")
      break
    }
    return found
  }
}
