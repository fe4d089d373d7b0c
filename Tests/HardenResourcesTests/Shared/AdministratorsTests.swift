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

  @Test(arguments: [
    ("%sudo ALL=(postgres) ALL", false), ("%sudo ALL=(:wheel) ALL", false),
    ("%sudo ALL=(ALL, !root) ALL", false), ("%sudo ALL=(root) ALL", true),
    ("%sudo ALL=(bob, #0 : ALL) ALL", true), ("%sudo ALL= ALL", true),
  ])
  func `who may only become somebody else is no administrator`(line: String, isOne: Bool) throws {
    #expect(try names(ann, "ann:$y$h:1::::::\n", sudoers: line + "\n") == (isOne ? ["ann"] : []))
  }

  @Test(arguments: ["rootpw", "targetpw", "runaspw", "env_reset, !!rootpw", "!rootpw"])
  func `where root's password is asked for, root needs one`(flags: String) throws {
    let sudoers = "Defaults \(flags)\n%sudo ALL=(ALL) ALL\n"
    let root = "root:x:0:0::/root:/bin/sh\n"
    let closed = try names(
      root + ann, "root:!:1::::::\nann:$y$h:1::::::\n", sudoers: sudoers)
    #expect(closed == (flags == "!rootpw" ? ["ann"] : []))
    let open = try names(
      root + ann, "root:$y$h:1::::::\nann:!:1::::::\n", sudoers: sudoers, keys: ["/home/ann"])
    #expect(open == (flags == "!rootpw" ? ["root"] : ["root", "ann (keys)"]))
  }

  /// Without a password sudo is of no use to anybody whom it asks for one.
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
