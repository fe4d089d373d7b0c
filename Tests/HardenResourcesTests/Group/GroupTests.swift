import HardenModel
import Testing

@testable import HardenResources

@Suite struct GroupTests {
  @Test func `fields become claims`() throws {
    let entry = try Entry<HardenResources.Group>("{name: [a, b], system: true, members: [x]}")
    #expect(entry.messages == [])
    #expect(entry.resources.map(\.address.description) == ["group[a]", "group[b]"])
    #expect(entry.resources[0].claims == AccountClaims(isSystem: true, members: ["x"]))
  }

  @Test(arguments: [
    ("{name: a, state: absent, gid: 7}", "a group that is to be absent has no other fields"),
    ("{name: [a, b], gid: 7}", "several groups cannot have one number"),
    ("{name: a, members: [\"x,y\"]}", "'x,y' cannot be the name of an account"),
  ])
  func `mistakes are said at once`(yaml: String, message: String) throws {
    #expect(try Entry<HardenResources.Group>(yaml).messages == [message])
  }
}
