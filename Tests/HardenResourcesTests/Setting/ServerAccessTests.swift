import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct ServerAccessTests {
  /// What the only administrator, alice, loses when `line` comes to `config`.
  private func lost(
    _ config: String, _ key: String, _ value: String, keys: String? = "ssh-ed25519 AAAA\n",
    password: String = "$y$x", modes: String = ""
  ) throws -> [String] {
    let root = try TemporaryRoot()
    root.write(
      "/etc/passwd", "root:x:0:0::/root:/usr/sbin/nologin\nalice:x:1000:1000::/home/alice:/bin/sh\n"
    )
    root.write("/etc/group", "sudo:x:27:alice\nteam:x:50:alice\nalice:x:1000:\n")
    root.write("/etc/shadow", "alice:\(password):1::::::\n", mode: 0o600)
    if let keys { root.write("/home/alice/.ssh/authorized_keys", keys) }
    root.write("/etc/ssh/sshd_config", config)
    try Shell.run("chmod 755 \(root.path); cd \(root.path)/home/alice; true \(modes)")
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

  @Test(arguments: [
    ("publickey", "ssh-rsa A\n", "$y$x", true), ("publickey,password password", nil, "$y$x", true),
    ("publickey,password", nil, "$y$x", false), ("publickey,password", "ssh-rsa A\n", "!", false),
    ("publickey,keyboard-interactive:pam", "ssh-rsa A\n", "$y$x", true), ("any", nil, "$y$x", true),
    ("publickey gssapi-with-mic", nil, "$y$x", true),
  ])
  func `all of one list of methods have to be shown`(
    methods: String, keys: String?, password: String, isIn: Bool
  ) throws {
    let found = try lost(
      "UsePAM yes\nAuthorizedKeysFile .ssh/authorized_keys\n", "AuthenticationMethods",
      methods, keys: keys, password: password)
    let wanted = Self.out + "AuthenticationMethods wants \(methods), which it cannot all show"
    // Who has nothing to show at all was out before.
    #expect(found == (isIn ? [] : [wanted]))
  }

  @Test func `a Match that names an administrator goes before what counts for everybody`() throws {
    let locked = "KbdInteractiveAuthentication no\n"
    let noKey = "/home/alice/.ssh/authorized_keys holds no key, and no password would be accepted"
    func lost(under match: String) throws -> [String] {
      try self.lost(locked + match, "PasswordAuthentication", "no", keys: nil)
    }
    #expect(try lost(under: "Match Group team\n  PasswordAuthentication yes\n").isEmpty)
    #expect(
      try lost(under: "Match Group wheel\n  PasswordAuthentication yes\n") == [Self.out + noKey])
    #expect(
      try lost(under: "Match Address 10.0.0.0/8\n  PasswordAuthentication yes\n") == [
        Self.out + noKey
      ])
    #expect(
      try self.lost("Match User alice\n  AllowUsers alice\n", "AllowUsers", "bob").isEmpty)
  }

  @Test func `keys that others could change are none under StrictModes`() throws {
    let locked = "KbdInteractiveAuthentication no\n"
    let unsafe =
      "/home/alice/.ssh/authorized_keys, or a folder on the way, is not its own or others can write "
      + "it, so that StrictModes does not take its keys, and no password would be accepted"
    let open = "; chmod 666 .ssh/authorized_keys"
    #expect(
      try lost(locked, "PasswordAuthentication", "no", modes: open) == [Self.out + unsafe])
    #expect(
      try lost(locked, "PasswordAuthentication", "no", modes: "; chmod 775 .")
        == [Self.out + unsafe])
    #expect(
      try lost(locked + "StrictModes no\n", "PasswordAuthentication", "no", modes: open).isEmpty)
    let keysOnly = locked + "PasswordAuthentication no\n"
    #expect(
      try lost(keysOnly + "StrictModes no\n", "StrictModes", "yes", modes: open)
        == [Self.out + unsafe])
    #expect(try lost(keysOnly + "StrictModes no\n", "StrictModes", "yes").isEmpty)
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
