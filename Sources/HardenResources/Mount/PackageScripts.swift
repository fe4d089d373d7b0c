internal import HardenModel
internal import HardenSystem

/// Scripts that packages bring and that run from a directory for temporary files.
enum PackageScripts {
  /// What whoever forbids execution below `/tmp` should know; nothing where it does not matter.
  static func notes(_ mount: Mount, _ host: borrowing Host) throws(SystemError) -> [String] {
    guard mount.path == "/tmp", mount.options.contains(.noexec),
      try host.inode("/usr/sbin/dpkg-preconfigure") != nil
    else { return [] }
    let setting = "APT::ExtractTemplates::TempDir"
    let folder = "/etc/apt/apt.conf.d"
    for path in ["/etc/apt/apt.conf"] + (try host.entries(folder)).map({ "\(folder)/\($0)" }) {
      if try host.text(path)?.contains(setting) == true { return [] }
    }
    return [
      "packages run the questions that they ask before installation from here: give them another "
        + "directory, by \(setting) in \(folder)"
    ]
  }
}
