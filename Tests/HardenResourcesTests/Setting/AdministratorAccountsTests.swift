import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct AdministratorAccountsTests {
  private func root() throws -> TemporaryRoot {
    let root = try TemporaryRoot()
    root.write(
      "/etc/passwd",
      "root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/home/alice:/bin/sh\nbob:x:1001:27::/home/bob:/bin/sh\nsvc:x:999:27::/:/usr/sbin/nologin\ncarol:x:1002:1002::/home/carol:/bin/sh\n"
    )
    root.write("/etc/group", "root:x:0:\nsudo:x:27:alice\nalice:x:1000:\nteam:x:50:alice,carol\n")
    root.write("/etc/shadow", "root:*:1::::::\nalice:!:1::::::\nbob:$y$x:1::::::\n", mode: 0o600)
    return root
  }

  @Test func `everybody who may administer and can log in`() throws {
    let root = try root()
    let people = try AdministratorAccounts(Host(root: root.path))
    #expect(people.accounts.map(\.name) == ["root", "alice", "bob"])
    #expect(people.accounts.map(\.hasPassword) == [false, false, true])
    #expect(people.accounts[1].groups == ["sudo", "alice", "team"])
  }

  @Test func `whom sudo lets become root administers without any of the usual groups`() throws {
    let root = try root()
    root.write("/etc/sudoers", "carol ALL=(ALL) NOPASSWD: ALL\n")
    #expect(
      try AdministratorAccounts(Host(root: root.path)).accounts.map(\.name)
        == ["root", "alice", "bob", "carol"])
    root.write("/etc/shadow", "root:*:1::::::\ncarol:!:1::::::\n", mode: 0o600)
    root.write("/etc/sudoers", "carol ALL=(ALL) ALL\n")
    #expect(
      try AdministratorAccounts(Host(root: root.path)).accounts.count == 3, "she has no password")
  }

  @Test func `or who is logged in alone`() throws {
    let root = try root()
    let people = try AdministratorAccounts(Host(root: root.path), login: 1002)
    #expect(people.accounts.map(\.name) == ["carol"] && people.isLoggedIn)
  }

  @Test func `one of many is enough, and who had nothing loses nothing`() throws {
    let root = try root()
    let host = try Host(root: root.path)
    let everybody = try AdministratorAccounts(host)
    let lost = { (people: AdministratorAccounts, names: Set<String>) in
      try people.lost("is out", before: { $0.name == "root" ? "never" : nil }) {
        names.contains($0.name) ? "gone" : nil
      }
    }
    #expect(try lost(everybody, ["alice"]).isEmpty)
    #expect(try lost(everybody, ["alice", "bob"]) == ["alice is out: gone", "bob is out: gone"])
    let alice = try AdministratorAccounts(host, login: 1000)
    #expect(try lost(alice, ["alice"]) == ["alice is out: gone"])
  }
}
