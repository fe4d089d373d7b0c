internal import HardenModel
internal import HardenSystem

/// Scripts that packages bring, and the directories that they run from.
enum PackageScripts {
  /// Where dpkg keeps what it runs when a package is set up or removed.
  private static let scripts = "/var/lib/dpkg/info"
  /// Where debconf 1.5.81 and later unpack the questions of packages.
  private static let questions = "/var/cache/debconf/tmp.ci"

  /// What would break once nothing below `mount` can be executed.
  static func risks(_ mount: String, _ host: borrowing Host) throws(SystemError) -> [String] {
    guard try isOn(mount, scripts, host), try host.inode(scripts) != nil else { return [] }
    return ["noexec on \(mount) stops the scripts of packages, which dpkg runs from \(scripts)"]
  }

  /// What whoever forbids execution should know; nothing where it does not matter.
  static func notes(_ mount: Mount, _ host: borrowing Host) throws(SystemError) -> [String] {
    guard mount.options.contains(.noexec), let reader = try host.text("/usr/sbin/dpkg-preconfigure")
    else { return [] }
    let what = "packages run the questions that they ask before installation from"
    if reader.contains(questions) {
      return try isOn(mount.path, questions, host)
        ? ["\(what) \(questions): they would be asked in the middle of it, or not at all"] : []
    }
    let setting = "APT::ExtractTemplates::TempDir"
    let folder = "/etc/apt/apt.conf.d"
    guard mount.path == "/tmp" else { return [] }
    for path in ["/etc/apt/apt.conf"] + (try host.entries(folder)).map({ "\(folder)/\($0)" }) {
      if try host.text(path)?.contains(setting) == true { return [] }
    }
    return ["\(what) here: give them another directory, by \(setting) in \(folder)"]
  }

  /// Whether `folder` lies on what is mounted at `mount`.
  private static func isOn(_ mount: String, _ folder: String, _ host: borrowing Host)
    throws(SystemError) -> Bool
  {
    guard mount == "/" || "\(folder)/".hasPrefix("\(mount)/") else { return false }
    return !(try host.mounts()).contains {
      $0.path != mount && $0.path.hasPrefix("\(mount)/") && "\(folder)/".hasPrefix("\($0.path)/")
    }
  }
}
