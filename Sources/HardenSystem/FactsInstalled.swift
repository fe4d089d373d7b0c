internal import HardenModel

/// What is installed on a host: packages, unit files, commands.
extension Host {
  /// Whether the package manager's database lists `name` as installed.
  package func isInstalled(package name: String) throws(SystemError) -> Measured<Bool> {
    let packages = try once("dpkg") { host throws(SystemError) in
      try host.contents("/var/lib/dpkg/status", limit: Host.contentLimit).map {
        InstalledPackages(status: $0)
      }
    }
    if let packages { return .known(packages.names.contains(name)) }
    for path in ["/var/lib/rpm", "/usr/lib/sysimage/rpm"] where try inodeFollowing(path) != nil {
      return .unmeasured("the rpm database cannot be read")
    }
    return .unmeasured("there is no package database")
  }

  /// Whether a unit file of this name exists; a name without suffix is a service.
  package func hasUnit(_ name: String) throws(SystemError) -> Bool {
    let file = name.contains(".") ? name : "\(name).service"
    var names = [file]
    if let at = file.firstIndex(of: "@"), let dot = file.lastIndex(of: "."), at < dot {
      names.append("\(file[...at])\(file[dot...])")
    }
    let folders = [
      "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system",
      "/usr/lib/systemd/system", "/lib/systemd/system",
    ]
    for folder in folders {
      for name in names where try has(name, in: folder) { return true }
    }
    return false
  }

  /// Whether a line of PAM's stacks names the module `name`.
  package func hasLoginModule(_ name: String) throws(SystemError) -> Bool {
    let known = try once("login modules") { host throws(SystemError) in
      var names: Set<Substring> = []
      for file in try host.entries("/etc/pam.d") {
        // What others than PAM keep there, such as a folder, is no stack.
        guard try host.inodeFollowing("/etc/pam.d/\(file)")?.form == .file else { continue }
        for line in (try host.text("/etc/pam.d/\(file)") ?? "").split(at: "\n")
        where line.utf8.first != 0x23 {
          for word in line.split(at: "#", omittingEmptySubsequences: false)[0].words()
          where word.hasSuffix(".so") {
            names.insert(word.split(at: "/").last ?? word)
          }
        }
      }
      return names
    }
    return known.contains(name[...])
  }

  /// Whether somebody may execute `name` in one of the system's directories, or at a full path.
  package func hasCommand(_ name: String) throws(SystemError) -> Bool {
    try once("command \(name)") { host throws(SystemError) in
      let isPath = name.utf8.contains(0x2F)
      let paths = isPath ? [name] : try host.commandFolders().map { "\($0)/\(name)" }
      for path in paths {
        if let inode = try host.inodeFollowing(path), inode.form == .file,
          inode.mode.bits & 0o111 != 0
        {
          return true
        }
      }
      return false
    }
  }

  /// The system's directories of commands, without links, each once.
  private func commandFolders() throws(SystemError) -> [String] {
    try once("folders of commands") { host throws(SystemError) in
      var found: [String] = []
      for folder in [
        "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin",
      ] {
        let plain = try host.canonical(folder, last: .follow)
        if !found.contains(plain) { found.append(plain) }
      }
      return found
    }
  }
}

/// The names of the packages that a dpkg status file lists as installed.
struct InstalledPackages {
  let names: Set<String>

  init(status: [UInt8]) {
    var names: Set<String> = []
    var name: ArraySlice<UInt8> = []
    let package = Array("Package: ".utf8)
    let installed = Array("Status: ".utf8)
    for line in status.split(separator: 0x0A) {
      if line.starts(with: package) {
        name = line.dropFirst(package.count)
      } else if line.starts(with: installed),
        line.reversed().starts(with: " installed".utf8.reversed())
      {
        names.insert(String(decoding: name, as: UTF8.self))
      }
    }
    self.names = names
  }
}
