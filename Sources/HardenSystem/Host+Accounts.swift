internal import Glibc
package import HardenModel

/// The account files, read from the root itself and never through a name service.
extension Host {
  /// The account files, read once for this host.
  package func accountBook() throws(SystemError) -> AccountBook {
    try once("account book") { host throws(SystemError) in try host.readAccountBook() }
  }

  /// The account files as they are at this moment.
  package func readAccountBook() throws(SystemError) -> AccountBook {
    var contents: [AccountFile: [UInt8]] = [:]
    for file in AccountFile.allCases {
      contents[file] = try self.contents(file.path, limit: Host.contentLimit)
    }
    return AccountBook(contents)
  }

  /// What `/etc/login.defs` says about new accounts.
  package func accountPolicy() throws(SystemError) -> AccountPolicy {
    try once("account policy") { host throws(SystemError) in
      AccountPolicy(try host.text("/etc/login.defs") ?? "")
    }
  }

  /// The programs that change accounts.
  package static let accountTools: Set<String> = [
    "useradd", "usermod", "userdel", "groupadd", "groupmod", "groupdel", "gpasswd",
  ]

  /// Waits for account tools that outlived the run that had started them, 15 seconds at most; what
  /// they do under their lock is done then.
  package func awaitAccountTools() {
    for _ in 0..<300 {
      guard processes().contains(where: { Self.accountTools.contains($0.name) }) else { return }
      usleep(50_000)
    }
  }
}
