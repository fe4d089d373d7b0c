import HardenModel
import Testing

@testable import HardenResources

@Suite struct FileCapabilityTests {
  @Test func `one resource for each program`() throws {
    let entry = try Entry<FileCapability>(
      "{path: [/a, /b], capabilities: \"cap_net_raw=ep\", if_missing: skip}")
    #expect(entry.messages == [])
    #expect(
      entry.resources.map(\.address.description) == ["file_capability[/a]", "file_capability[/b]"])
    #expect(
      entry.resources[1].wanted?.raw
        == FileCapabilities(permitted: 1 << 13, isEffective: true).bytes)
    #expect(entry.resources[0].isMissingAllowed)
  }

  @Test func `none is no attribute, and = is an empty one`() throws {
    #expect(try Entry<FileCapability>("{path: /a, capabilities: none}").resources[0].wanted == nil)
    #expect(
      try Entry<FileCapability>("{path: /a, capabilities: \"=\"}").resources[0].wanted?.raw.count
        == 20)
  }

  @Test(arguments: [
    ("{path: /a}", "file_capability needs 'capabilities'"),
    ("{capabilities: none}", "file_capability needs 'path'"),
    ("{path: /a, capabilities: \" \"}", "no capabilities are named"),
    (
      "{path: /a, capabilities: cap_net_rwa=ep}",
      "there is no capability 'cap_net_rwa'; did you mean 'cap_net_raw'?"
    ),
    ("{path: a, capabilities: none}", "'a' is not a plain absolute path"),
  ])
  func `mistakes are reported and make no resource`(yaml: String, message: String) throws {
    let entry = try Entry<FileCapability>(yaml)
    #expect(entry.messages == [message])
    #expect(entry.resources.isEmpty)
  }
}
