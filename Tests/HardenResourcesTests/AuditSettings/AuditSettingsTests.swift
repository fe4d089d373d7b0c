import HardenModel
import Testing

@testable import HardenResources

@Suite struct AuditSettingsTests {
  @Test func `read, named by what is set`() throws {
    let entry = try Entry<AuditSettings>("{backlog_limit: 8192, failure: 2, locked: true}")
    #expect(entry.messages == [])
    #expect(entry.resources == [AuditSettings([.backlogLimit: 8192, .failure: 2, .enabled: 2])])
    #expect(
      entry.resources[0].address.description == "audit_settings[backlog_limit,failure,enabled]")
  }

  @Test func `values out of range, and nothing at all, are refused`() throws {
    #expect(try Entry<AuditSettings>("{failure: 3}").messages == ["failure is 0 to 2"])
    #expect(try Entry<AuditSettings>("{}").messages == ["audit_settings asks for nothing"])
    #expect(
      try Entry<AuditSettings>("{locked: false}").messages == ["'locked' is true or left out"])
  }
}
