import Testing

@testable import HardenResources

@Suite struct ProbeValuesTests {
  private static let digest = String(repeating: "aB", count: 32)

  @Test func `one file with several digests, and several files`() throws {
    let one = try Entry<HostProbe>(
      "{digest: /a, sha256: [\(Self.digest), \(String(repeating: "0", count: 64))]}")
    #expect(one.messages == [] && one.resources.map(\.address.name) == ["digest /a"])
    let several = try Entry<HostProbe>(
      "{digest: {/a: \(Self.digest), /b: [\(Self.digest)]}}")
    #expect(several.resources.map(\.address.name) == ["digest /a", "digest /b"])
    guard case .digest(_, let found) = several.resources[0].question else { return }
    #expect(found.map(\.description) == [Self.digest.lowercased()])
  }

  @Test(arguments: [
    ("{digest: /a, sha256: abc}", "'abc' is not a SHA-256"),
    ("{digest: {}}", "expected at least one file, found "),
    ("{digest: {a: \(digest)}}", "'a' is not a plain absolute path"),
    ("{certificate: /a, days_left: {at_least: -1}}", "-1 is no number of days from 0 to 36500"),
    ("{certificate: /a, days_left: {at_most: 1}}", "days_left needs 'at_least'"),
    ("{absent_pattern: {files: /a, pattern: \"(\"}}", "'(' is no regular expression: "),
    ("{absent_pattern: {files: /a, pattern: \"\"}}", "'' is no regular expression: "),
    ("{absent_pattern: {files: a, pattern: b}}", "'a' is not a plain absolute path"),
    ("{absent_pattern: {files: /a}}", "absent_pattern needs 'pattern'"),
  ])
  func `mistakes are found`(text: String, message: String) throws {
    let entry = try Entry<HostProbe>(text)
    #expect(entry.resources == [] && entry.messages.first?.hasPrefix(message) == true)
  }
}
