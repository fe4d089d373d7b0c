import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct GroupObservingTests {
  private func observe(_ yaml: String) throws -> Observation {
    let root = try TemporaryRoot()
    root.write("/etc/group", "root:x:0:\nwheel:x:10:alice,daemon\nalice:x:1000:\n")
    return try Entry<HardenResources.Group>(yaml).resources[0].observe(
      Host(root: root.path), for: .test)
  }

  @Test func `as wanted`() throws {
    #expect(try observe("{name: wheel, members: [daemon, alice], gid: 10}").holds)
    #expect(try observe("{name: wheel}").lines == ["file present (/etc/group:2) -> present holds"])
    #expect(try observe("{name: none, state: absent}").holds)
  }

  @Test func `members are compared as a set and written as wanted`() throws {
    let found = try observe("{name: wheel, members: [alice]}")
    #expect(found.lines == ["file members alice,daemon (/etc/group:2) -> members alice"])
    #expect(
      found.steps == [
        .editAccount(
          EditAccount(
            Account(.group, "wheel"), before: AccountClaims(members: ["alice", "daemon"]),
            after: AccountClaims(members: ["alice"])))
      ])
  }

  @Test func `a new group has no number yet`() throws {
    #expect(
      try observe("{name: new, members: []}").lines == ["file - -> gid (next free number)"])
  }

  @Test(arguments: [
    ("{name: new, gid: 10}", "gid 10 belongs to wheel"),
    (
      "{name: wheel, gid: 11}",
      "its gid is 10, and files would be left behind with it; change it by hand"
    ),
    ("{name: alice, state: absent}", "it is the primary group of alice"),
    ("{name: root, state: absent}", "it is root's"),
    (
      "{name: wheel, members: [eve]}",
      "there is no user 'eve'; make it first, or name this group in its groups"
    ),
  ])
  func `what would be wrong to change`(yaml: String, why: String) throws {
    #expect(try observe(yaml).standing == .refused(why))
  }
}
