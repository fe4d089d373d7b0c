internal import HardenModel
internal import HardenSystem

/// Kernel parameters that tuned(8) sets when it starts, which is after every file of sysctl.d.
///
/// As it comes, it has those files read once more behind its own values; what it sets only lasts
/// where `reapply_sysctl` is off.
struct TunedParameters: Sendable {
  /// One line of a profile.
  struct Setting: Hashable, Sendable {
    var value: String
    var place: Place
  }

  private(set) var settings: [SysctlKey: Setting] = [:]

  /// The same as what something else sets.
  var setters: [LaterSetter] {
    settings.sorted { $0.key < $1.key }.map { key, setting in
      LaterSetter(
        who: "tuned", key: key, value: setting.value, place: setting.place,
        remedy: "reapply_sysctl = 1 in \(Self.main) has the files count")
    }
  }

  static let main = "/etc/tuned/tuned-main.conf"
  private static let folders = [
    "/etc/tuned/profiles", "/etc/tuned", "/usr/lib/tuned/profiles", "/usr/lib/tuned",
  ]
  /// Profiles that include one another in a circle are no news to tuned.
  private static let mostIncludes = 16

  /// What the active profiles of `host` set for good.
  static func of(_ host: borrowing Host) throws(SystemError) -> TunedParameters {
    try host.once("tuned parameters") { host throws(SystemError) in
      var found = TunedParameters()
      guard let active = try host.text("/etc/tuned/active_profile"),
        try !rereadsFiles(host)
      else { return found }
      for name in active.words() {
        try found.read(String(name), depth: 0, host)
      }
      return found
    }
  }

  private static func rereadsFiles(_ host: borrowing Host) throws(SystemError) -> Bool {
    let main = KeyedLines(try host.contents(main, last: .follow) ?? [], .keyvalue)
    return !["0", "false", "no", "n"].contains(main.text(of: "reapply_sysctl")?.lowercased())
  }

  /// Reads a profile over those that it includes.
  private mutating func read(_ name: String, depth: Int, _ host: borrowing Host)
    throws(SystemError)
  {
    guard depth < Self.mostIncludes, !name.contains("/") else { return }
    for folder in Self.folders {
      let path = "\(folder)/\(name)/tuned.conf"
      guard let content = try host.contents(path, last: .follow) else { continue }
      let profile = KeyedLines(content, .ini)
      for name in (profile.text(of: "main/include") ?? "").split(whereSeparator: {
        $0 == "," || $0.isWhitespace
      }) {
        try read(String(name), depth: depth + 1, host)
      }
      for entry in profile.entries where entry.section == "sysctl" {
        settings[SysctlKey(name: entry.key)] = Setting(
          value: entry.text.filter { $0 != "\"" }, place: Place(path, line: entry.number))
      }
      return
    }
  }
}
