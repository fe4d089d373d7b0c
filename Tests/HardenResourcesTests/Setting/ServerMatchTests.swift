import Testing

@testable import HardenResources

@Suite struct ServerMatchTests {
  @Test(arguments: [
    ("Match User alice", true), ("Match User bob,al*", true), ("Match User *,!alice", false),
    ("Match Group team", true), ("Match group wheel", false), ("Match User alice Group team", true),
    ("Match User=alice", true), ("Match User alice Group wheel", false), ("Match all", true),
    // Where she comes from is not known.
    ("Match User alice Address 10.0.0.0/8", false), ("Match LocalPort 22", false), ("Match", false),
  ])
  func `whom a Match means wherever it comes from`(section: String, isMeant: Bool) {
    let alice = AdministratorAccounts.Account(
      name: "alice", id: 1000, home: "/home/alice", groups: ["alice", "team"], hasPassword: true)
    #expect(ServerMatch.means(section, alice) == isMeant)
  }
}
