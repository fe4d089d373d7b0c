import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct AttributeComparisonTests {
  private func compare(_ wanted: AttributesWanted, mode: Int = 0o640) throws -> AttributeComparison
  {
    let root = try TemporaryRoot()
    root.write("/f", "", mode: mode)
    let host = try Host(root: root.path)
    return try AttributeComparison.of(
      wanted, try #require(try host.inode("/f")), at: "/f", on: host)
  }

  @Test func `what holds makes no claim on the step`() throws {
    let compared = try compare(
      AttributesWanted(owner: Accepted(.id(0)), mode: .accepted(Accepted(Mode(0o640)))))
    #expect(compared.planes.map(\.observed) == ["owner root", "mode 0640"])
    #expect(compared.planes.filter { !$0.holds }.isEmpty)
    #expect(compared.after.isEmpty)
  }

  @Test func `only what differs is named, and the mode in the end beside a new owner`() throws {
    let mode = try compare(
      AttributesWanted(owner: Accepted(.name("root")), mode: .atMost(Mode(0o600))))
    #expect(mode.before == Attributes(mode: Mode(0o640)))
    #expect(mode.after == Attributes(mode: Mode(0o600)))
    let owner = try compare(
      AttributesWanted(owner: Accepted(.name("alice")), mode: .accepted(Accepted(Mode(0o4755)))),
      mode: 0o4755)
    #expect(owner.before == Attributes(owner: .name("root"), mode: Mode(0o4755)))
    #expect(owner.after == Attributes(owner: .name("alice"), mode: Mode(0o4755)))
    let only = try compare(
      AttributesWanted(
        group: Accepted(any: [.name("shadow"), .name("alice")], set: .name("alice"))))
    #expect(only.after == Attributes(group: .name("alice")))
  }

  @Test func `an account that does not exist is refused when it is to be set`() throws {
    #expect(
      try compare(AttributesWanted(owner: Accepted(.name("bob")))).refusal
        == "there is no user 'bob'")
    #expect(
      try compare(AttributesWanted(group: Accepted(.name("bob")))).refusal
        == "there is no group 'bob'")
    let either = Accepted<Principal>(any: [.name("bob"), .name("root")], set: .name("root"))
    #expect(try compare(AttributesWanted(owner: either)).refusal == nil)
  }

  @Test func `a list that is wanted is in the step with the mode that it makes`() throws {
    let entry = try Entry<File>("{path: /f, acl: \"u:alice:rw\"}")
    let compared = try compare(try #require(entry.resources.first).attributes)
    #expect(compared.planes.map(\.wanted) == ["acl u:alice:rw-,g::r--", "mode 0660"])
    #expect(compared.before.xattrs == [AccessList.attribute: nil])
    #expect(compared.after.mode == Mode(0o660))
    #expect((compared.after.xattrs[AccessList.attribute] ?? nil) != nil)
  }

  @Test func `what is made belongs to root unless the playbook says otherwise`() throws {
    let root = try TemporaryRoot()
    let host = try Host(root: root.path)
    let usual = try AttributeComparison.creating(AttributesWanted(), usual: Mode(0o644), on: host)
      .get()
    #expect(usual == .ofRoot(Mode(0o644)))
    let wanted = AttributesWanted(owner: Accepted(.name("alice")), mode: .atMost(Mode(0o600)))
    let made = try AttributeComparison.creating(wanted, usual: Mode(0o644), on: host).get()
    #expect(made == Attributes(owner: .name("alice"), group: .name("root"), mode: Mode(0o600)))
    let nobody = AttributesWanted(group: Accepted(.name("bob")))
    #expect(throws: Refusal("there is no group 'bob'")) {
      try AttributeComparison.creating(nobody, usual: Mode(0o644), on: host).get()
    }
  }
}
