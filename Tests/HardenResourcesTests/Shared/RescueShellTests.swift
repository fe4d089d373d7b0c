import HardenModel
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct RescueShellTests {
  private static let folder = "/usr/lib/systemd/system"

  /// A host whose two units are as systemd brings them.
  private func root() throws -> TemporaryRoot {
    let root = try TemporaryRoot()
    for name in ["emergency", "rescue"] {
      root.write(
        "\(Self.folder)/\(name).service",
        "[Service]\nExecStart=-/usr/lib/systemd/systemd-sulogin-shell \(name)\n")
    }
    return root
  }

  private func shell(_ root: TemporaryRoot) throws -> RescueShell {
    try RescueShell(Host(root: root.path))
  }

  @Test func `without force both units are closed, and named with their files`() throws {
    let shell = try shell(root())
    #expect(!shell.isForced && shell.closed.map(\.unit) == ["emergency.service", "rescue.service"])
    #expect(
      shell.lacking == "emergency.service (\(Self.folder)/emergency.service) and rescue.service "
        + "(\(Self.folder)/rescue.service)")
    #expect(try !self.shell(TemporaryRoot()).isForced, "no systemd, no force")
  }

  @Test func `force counts for the unit that has it, and the last word counts`() throws {
    let root = try root()
    let file = { (unit: String, name: String) in
      "/etc/systemd/system/\(unit).service.d/\(name).conf"
    }
    root.write(file("emergency", "5"), "[Service]\nEnvironment=\"SYSTEMD_SULOGIN_FORCE=1\"\n")
    #expect(try shell(root).closed.map(\.unit) == ["rescue.service"])
    #expect(try !shell(root).isForced)
    root.write(file("rescue", "5"), "[Service]\nEnvironment=A=b SYSTEMD_SULOGIN_FORCE=1\n")
    #expect(try shell(root).closed.isEmpty && shell(root).isForced)
    root.write(file("rescue", "6"), "[Service]\nEnvironment=SYSTEMD_SULOGIN_FORCE=0\n")
    #expect(try shell(root).closed.map(\.unit) == ["rescue.service"])
    root.write(file("emergency", "6"), "[Service]\nEnvironment=\n")
    #expect(try shell(root).closed.count == 2)
  }

  @Test(arguments: [
    ("/sbin/sulogin", true), ("/sbin/sulogin --force", false), ("/bin/bash --login", false),
  ])
  func `a command of the administrator's own is looked at`(command: String, isClosed: Bool) throws {
    let root = try root()
    root.write(
      "/etc/systemd/system/emergency.service.d/shell.conf",
      "[Service]\nExecStart=\nExecStart=-\(command)\n")
    #expect(try shell(root).closed.contains { $0.unit == "emergency.service" } == isClosed)
  }

  @Test func `what a boot hangs on is found in the plan`() throws {
    let root = try root()
    root.write("/etc/fstab", "tmpfs /srv tmpfs rw 0 0\n")
    let host = try Host(root: root.path)
    #expect(try RescueShell.bootChange(on: host) == nil)
    let mount = try Entry<Mount>("{path: /srv, options: [nodev]}").resources[0]
    let planned = try host.after(mount.observe(host, for: .test).steps, contents: [:])
    #expect(try RescueShell.bootChange(on: planned) == "/etc/fstab")
  }
}
