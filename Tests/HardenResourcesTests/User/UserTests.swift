import HardenModel
import Testing

@testable import HardenResources

@Suite struct UserTests {
  @Test func `fields become claims`() throws {
    let entry = try Entry<User>(
      """
      {name: [a, b], system: true, shell: /bin/sh, home: /srv/go, create_home: true, group: users,
       groups: [x, y], password: locked}
      """)
    #expect(entry.messages == [])
    #expect(entry.resources.map(\.address.description) == ["user[a]", "user[b]"])
    #expect(
      entry.resources[0].claims
        == AccountClaims(
          isSystem: true, group: "users", home: "/srv/go", shell: "/bin/sh", groups: ["x", "y"],
          isLocked: true))
    #expect(entry.resources[0].makesHome)
  }

  @Test(arguments: [
    ("{}", "user needs 'name'"),
    ("{name: a, state: absent, shell: /bin/sh}", "a user that is to be absent has no other fields"),
    ("{name: [a, b], uid: 7}", "several users cannot have one number"),
    ("{name: a, grups: [x]}", "unknown key 'grups' in user"),
    ("{name: a, system: yes}", "expected true or false, found 'yes'"),
  ])
  func `mistakes are said at once`(yaml: String, message: String) throws {
    #expect(try Entry<User>(yaml).messages == [message])
  }
}
