import HardenCore
import Testing

@testable import HardenResources

@Suite struct FoundAccountsTests {
  @Test func `paths that no field takes are left out`() {
    #expect(FoundAccounts.path("home", "/a") == [FoundField("home", .text("/a"))])
    #expect(["", "a", "/a/", "/a:b"].allSatisfy { FoundAccounts.path("home", $0).isEmpty })
  }

  @Test(arguments: ["a:b", "a b", "/a", "\n"])
  func `patterns that no account can match`(pattern: String) {
    #expect(FoundAccounts.mistake(in: pattern) != nil)
    #expect(FoundAccounts.mistake(in: "systemd-*") == nil)
  }
}
