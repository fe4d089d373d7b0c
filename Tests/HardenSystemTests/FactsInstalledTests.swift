import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct FactsInstalledTests {
  private let root: TemporaryRoot
  init() throws { root = try TemporaryRoot() }

  @Test func `packages are those that dpkg lists as installed`() throws {
    root.write(
      "/var/lib/dpkg/status",
      "Package: chrony\nStatus: install ok installed\nVersion: 1\n\nPackage: telnet\nStatus: deinstall ok config-files\n\nPackage: half\nStatus: install ok half-installed\n"
    )
    let host = try Host(root: root.path)
    #expect(try host.isInstalled(package: "chrony") == .known(true))
    #expect(try host.isInstalled(package: "telnet") == .known(false))
    #expect(try host.isInstalled(package: "half") == .known(false))
    #expect(try host.isInstalled(package: "absent") == .known(false))
  }

  @Test func `another database is unmeasured, never no`() throws {
    guard case .unmeasured = try Host(root: root.path).isInstalled(package: "a") else {
      Issue.record("known without a database")
      return
    }
    root.makeDirectory("/var/lib/rpm")
    guard case .unmeasured(let why) = try Host(root: root.path).isInstalled(package: "a") else {
      Issue.record("known from rpm")
      return
    }
    #expect(why.contains("rpm"))
  }

  @Test func `units are found with and without suffix and as templates`() throws {
    root.write("/usr/lib/systemd/system/ssh.service", "")
    root.write("/etc/systemd/system/getty@.service", "")
    root.link("/etc/systemd/system/masked.service", to: "/dev/null")
    let host = try Host(root: root.path)
    for name in ["ssh", "ssh.service", "getty@tty1", "getty@tty1.service", "masked"] {
      #expect(try host.hasUnit(name), "\(name)")
    }
    for name in ["ssh.socket", "getty", "sshd"] { #expect(try !host.hasUnit(name), "\(name)") }
  }

  @Test func `a command is a file that somebody may execute`() throws {
    root.write("/usr/bin/real", "", mode: 0o755)
    root.write("/usr/bin/plain", "", mode: 0o644)
    root.makeDirectory("/usr/bin/folder")
    root.write("/opt/tool", "", mode: 0o700)
    root.link("/usr/sbin/linked", to: "/opt/tool")
    let host = try Host(root: root.path)
    #expect(
      try host.hasCommand("real") && host.hasCommand("linked") && host.hasCommand("/opt/tool"))
    #expect(try !host.hasCommand("plain") && !host.hasCommand("folder") && !host.hasCommand("tool"))
  }
}
