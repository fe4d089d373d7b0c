import HardenModel
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct AdministratorsTests {
  /// Names of the administrators of a host with these rows.
  private func names(
    _ passwd: String, _ shadow: String, group: String = "sudo:x:27:ann\n",
    sudoers: String = "%sudo ALL=(ALL:ALL) ALL\n", keys: [String] = []
  ) throws -> [String] {
    let root = try TemporaryRoot()
    root.write("/etc/passwd", passwd)
    root.write("/etc/shadow", shadow)
    root.write("/etc/group", group)
    root.write("/etc/sudoers", sudoers)
    for home in keys { root.write("\(home)/.ssh/authorized_keys", "ssh-ed25519 AAAA\n") }
    let host = try Host(root: root.path)
    return try Administrators(host.accountBook(), on: host, today: 20_000).people.map {
      $0.name + ($0.hasPassword ? "" : " (keys)")
    }
  }

  private let ann = "ann:x:1000:1000::/home/ann:/bin/bash\n"

  @Test func `root counts with a password, a shell and a future`() throws {
    #expect(try names("root:x:0:0::/root:/bin/sh\n", "root:$y$h:1::::::\n") == ["root"])
    #expect(try names("root:x:0:0::/root:/bin/sh\n", "root:!$y$h:1::::::\n") == [])
    #expect(try names("root:x:0:0::/root:/usr/sbin/nologin\n", "root:$y$h:1::::::\n") == [])
    #expect(try names("root:x:0:0::/root:/bin/sh\n", "root:$y$h:1:::::19999:\n") == [])
    #expect(try names("root:x:0:0::/root:/bin/sh\n", "root:$y$h:1:::::20001:\n") == ["root"])
    #expect(
      try names("root:x:0:0::/root:/bin/sh\n", "root:*:1::::::\n", keys: ["/root"])
        == ["root (keys)"])
  }

  @Test func `others count when sudo lets them`() throws {
    #expect(try names(ann, "ann:$y$h:1::::::\n") == ["ann"])
    #expect(try names(ann, "ann:$y$h:1::::::\n", group: "sudo:x:27:\n") == [])
    #expect(try names(ann, "ann:$y$h:1::::::\n", group: "sudo:x:1000:\n") == ["ann"])
    #expect(try names(ann, "ann:$y$h:1::::::\n", sudoers: "ann ALL=(ALL) /bin/ls\n") == [])
    #expect(try names(ann, "ann:$y$h:1::::::\n", sudoers: "# ann ALL=(ALL) ALL\n") == [])
    #expect(
      try names(ann, "ann:$y$h:1::::::\n", sudoers: "Defaults env_reset\nann ALL = (ALL) ALL\n")
        == ["ann"])
  }

  /// Without a password sudo is of no use to anybody
  /// whom it asks for one.
  @Test func `keys alone are no way to root where sudo asks for a password`() throws {
    #expect(try names(ann, "ann:!:1::::::\n", keys: ["/home/ann"]) == [])
    #expect(
      try names(
        ann, "ann:!:1::::::\n", sudoers: "%sudo ALL=(ALL) NOPASSWD: ALL\n", keys: ["/home/ann"])
        == ["ann (keys)"])
    #expect(
      try names(
        ann, "ann:!:1::::::\n", sudoers: "%sudo ALL=(ALL) NOPASSWD:ALL\n", keys: ["/home/ann"])
        == ["ann (keys)"])
  }
}
