import HardenCore
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SettingFindingTests {
  private func found(_ pattern: String, on root: TemporaryRoot) throws -> [String] {
    try Setting.found(on: Host(root: root.path), matching: pattern).resources.map { found in
      found.obstacle ?? "\(found.name)=\(found.member.map { "\($0.field.value)" } ?? "")"
    }
  }

  @Test func `each key once, with the value that counts`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/login.defs", "# x\nUMASK 022\nPASS_MAX_DAYS\t90\nUMASK 027\n")
    #expect(
      try found("/etc/login.defs", on: root) == [
        "/etc/login.defs UMASK=text(\"027\")", "/etc/login.defs PASS_MAX_DAYS=text(\"90\")",
      ])
    root.write("/etc/systemd/journald.conf", "[Journal]\nStorage=auto\n#Seal=yes\n")
    root.write("/etc/systemd/journald.conf.d/a.conf", "[Journal]\nStorage=persistent\n")
    #expect(
      try found("/etc/systemd/*.conf", on: root) == [
        "/etc/systemd/journald.conf Journal/Storage=text(\"persistent\")"
      ])
  }

  @Test func `the first line of sshd counts, those below Match are its own`() throws {
    let root = try TemporaryRoot()
    root.write(
      "/etc/ssh/sshd_config",
      "Include sshd_config.d/*.conf\nX11Forwarding yes\nHostKey /a\nHostKey /b\nMatch User x\n"
        + "  Banner none\n")
    root.write("/etc/ssh/sshd_config.d/a.conf", "x11forwarding no\n")
    #expect(
      try found("/etc/ssh/*", on: root) == [
        "/etc/ssh/sshd_config X11Forwarding=text(\"no\")",
        "/etc/ssh/sshd_config HostKey=text(\"/a /b\")",
      ])
  }

  @Test func `a file of another form is named only where it was`() throws {
    let root = try TemporaryRoot()
    #expect(try found("/etc/*", on: root) == [])
    #expect(
      try found("/etc/passwd", on: root) == ["its path does not tell how it is written"])
  }
}
