import HardenModel
import Testing

@testable import HardenResources

@Suite struct ModeWantedTests {
  private func read(_ mode: String) throws -> (ModeWanted?, [String]) {
    let entry = try Entry<File>("{path: /f, mode: \(mode)}", variables: ["m": "0640"])
    return (entry.resources.first?.attributes.mode, entry.messages)
  }

  @Test(arguments: [
    ("\"0644\"", 0o600, 0o644), ("\"0644\"", 0o644, 0o644), ("\"0755\"", 0o4755, 0o755),
    ("{at_most: \"0644\"}", 0o666, 0o644), ("{at_most: \"0644\"}", 0o600, 0o600),
    ("{at_most: \"0644\"}", 0o4755, 0o644), ("{at_most: \"${m}\"}", 0o777, 0o640),
    ("{any: [\"0400\", \"0600\"], set: \"0600\"}", 0o400, 0o400),
    ("{any: [\"0400\", \"0600\"], set: \"0600\"}", 0o644, 0o600),
  ])
  func `what a mode becomes`(text: String, before: UInt16, after: UInt16) throws {
    let wanted = try #require(try read(text).0)
    #expect(wanted.applied(to: Mode(before)) == Mode(after))
  }

  @Test(arguments: [
    ("644", "ambiguous file mode '644'"), ("{at_most: 644}", "ambiguous file mode '644'"),
    ("{at_most: \"0644\", set: \"0600\"}", "unknown key 'set' in the mode"),
    ("{at_least: \"0644\"}", "the value needs 'any'"),
  ])
  func `mistakes`(text: String, message: String) throws {
    #expect(try read(text).1.contains(message))
  }
}
