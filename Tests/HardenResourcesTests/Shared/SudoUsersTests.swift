import Testing

@testable import HardenResources

@Suite struct SudoUsersTests {
  private static let users = SudoUsers([
    "User_Alias ADMINS = alice, bob : OPS = %ops , !carol", "User_Alias\tBOTH=ADMINS,OPS",
    "User_Alias LOOP = LOOP", "Host_Alias carol = web", "Defaults x",
  ])

  @Test(arguments: [
    ("alice", "alice", true), ("ADMINS", "alice", true), ("ADMINS", "carol", false),
    ("OPS", "dave", true), ("OPS", "carol", false), ("BOTH", "bob", true), ("BOTH", "dave", true),
    ("ALL,!ADMINS", "alice", false), ("ALL,!ADMINS", "carol", true), ("!ALL,alice", "alice", true),
    ("LOOP", "alice", false), ("carol", "alice", false), ("%ops", "carol", true),
  ])
  func `whom a list means`(list: String, user: String, isMeant: Bool) {
    let groups: Set = ["carol", "dave"].contains(user) ? ["ops"] : [user]
    #expect(Self.users.mean(list, user, groups) == isMeant)
  }

  @Test func `blanks stand around commas`() throws {
    let line = try #require(SudoUsers.split("alice, bob ,%ops\tALL=(ALL) ALL"))
    #expect(line.users == "alice,bob,%ops" && line.rest == ["ALL=(ALL)", "ALL"])
    #expect(SudoUsers.split("  ") == nil)
  }
}
