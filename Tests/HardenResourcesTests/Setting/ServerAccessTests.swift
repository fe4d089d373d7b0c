import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct ServerAccessTests {
  /// What the only administrator, alice, loses when `line` comes to `config`.
  private func lost(
    _ config: String, _ key: String, _ value: String, keys: String? = "ssh-ed25519 AAAA\n",
    password: String = "$y$x"
  ) throws -> [String] {
    let root = try TemporaryRoot()
    root.write(
      "/etc/passwd", "root:x:0:0::/root:/usr/sbin/nologin\nalice:x:1000:1000::/home/alice:/bin/sh\n"
    )
    root.write("/etc/group", "sudo:x:27:alice\nteam:x:50:alice\nalice:x:1000:\n")
    root.write("/etc/shadow", "alice:\(password):1::::::\n", mode: 0o600)
    if let keys { root.write("/home/alice/.ssh/authorized_keys", keys) }
    root.write("/etc/ssh/sshd_config", config)
    let host = try Host(root: root.path)
    let setting = Setting(
      file: "/etc/ssh/sshd_config", format: .sshd, key: key, wanted: SettingWanted(value))
    let steps = try setting.observe(host, for: .test).steps
    return try ServerAccess.lost(by: setting, host, host.after(steps, contents: [:]))
  }

  private static let out = "alice could not come back by ssh: "

  @Test(arguments: [
    ("AllowUsers", "bob", "AllowUsers does not name it"), ("AllowUsers", "al*@10.* bob", nil),
    ("DenyUsers", "alice", "DenyUsers names it"), ("DenyUsers", "bob", nil),
    ("AllowGroups", "wheel", "AllowGroups names none of its groups"), ("AllowGroups", "team", nil),
    ("DenyGroups", "team", "DenyGroups names a group of it"), ("PasswordAuthentication", "no", nil),
    ("PubkeyAuthentication", "no", nil), ("PermitRootLogin", "no", nil),
  ])
  func `who is let in`(key: String, value: String, why: String?) throws {
    #expect(try lost("UsePAM yes\n", key, value) == (why.map { [Self.out + $0] } ?? []))
  }

  @Test func `without passwords a key is needed, and without keys a password`() throws {
    let locked = "KbdInteractiveAuthentication no\n"
    let noKey = "/home/alice/.ssh/authorized_keys holds no key, and no password would be accepted"
    #expect(try lost(locked, "PasswordAuthentication", "no").isEmpty)
    #expect(
      try lost(locked, "PasswordAuthentication", "no", keys: "# none\n") == [Self.out + noKey])
    #expect(try lost("UsePAM yes\n", "PasswordAuthentication", "no", keys: nil).isEmpty)
    #expect(
      try lost("", "PubkeyAuthentication", "no", password: "!") == [
        Self.out + "neither keys nor a password would be accepted"
      ])
    let elsewhere = locked + "AuthorizedKeysFile /etc/keys/%u\n"
    #expect(try !lost(elsewhere, "PasswordAuthentication", "no").isEmpty)
    let command = locked + "AuthorizedKeysCommand /usr/bin/keys\n"
    #expect(try lost(command, "PasswordAuthentication", "no", keys: nil).isEmpty)
  }

  @Test func `who was out before loses nothing`() throws {
    #expect(try lost("DenyUsers alice\n", "AllowUsers", "bob").isEmpty)
  }

  @Test func `patterns as sshd reads them`() {
    #expect(ServerAccess.matches("a* !alice", ["alice"]) == false)
    #expect(ServerAccess.matches("alice@*.example", ["alice"]))
    #expect(ServerAccess.matches("?lice", ["alice"]))
    #expect(!ServerAccess.matches("bob", ["alice"]))
  }
}
