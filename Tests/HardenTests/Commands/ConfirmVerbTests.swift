import HardenTestSupport
import Testing

@Suite struct ConfirmVerbTests {
  @Test func `where nothing waits, it says so`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    for _ in 0..<2 {
      let result = try host.harden("confirm")
      #expect(result.status == 3 && result.messages.contains("no run waits"), "\(result)")
      #expect(try host.harden("confirm", "--extend", "5m").status == 3)
      _ = try host.harden("apply", "playbook.yaml", "--yes")
    }
  }

  @Test func `a wrong length of time is usage, and so is what a reboot means without one`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    #expect(try host.harden("confirm", "--extend", "5").status == 64)
    let image = try host.harden("apply", "playbook.yaml", "--yes", "--confirm-within", "5m")
    #expect(image.status == 64 && image.messages.contains("an image"), "\(image)")
    let alone = try host.harden("apply", "playbook.yaml", "--yes", "--on-reboot", "probe")
    #expect(alone.status == 64 && alone.messages.contains("--confirm-within 15m"), "\(alone)")
    #expect(host.text("root/etc/banner") == nil)
  }

  @Test func `the help says what a new login is where audit records none`() throws {
    let help = try Program.run(["confirm", "--help"]).output.split(whereSeparator: \.isWhitespace)
    #expect(
      help.joined(separator: " ").contains("any session begun since counts as a new login"))
  }
}
