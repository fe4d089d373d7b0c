import Testing

@testable import HardenResources

@Suite struct SettingFormatTests {
  @Test(
    arguments: [
      (SettingFormat.keyvalue, "\"a b\"", "a b", true), (.keyvalue, "A", "a", false),
      (.ini, "'x'", "x", true), (.loginDefs, "027", "027", true), (.loginDefs, "27", "027", false),
      (.json, "[1, 2]", "[1,2]", true), (.json, "\"1\"", "1", false),
      (.sshd, "NO", "no", true), (.sshd, "Alice", "alice", false), (.sshd, "a  b", "a b", true),
      (.sshd, "\"/etc/x\"", "/etc/x", true), (.lines, "a\tb", "a b", true),
      (.lines, "a b", "b a", false),
    ] as [(SettingFormat, String, String, Bool)])
  func `what is the same`(format: SettingFormat, observed: String, wanted: String, isSame: Bool) {
    #expect(format.isSame(observed, wanted) == isSame)
  }

  @Test func `quotes that are part of the text stay`() {
    #expect(SettingFormat.unquoted("\"a\" \"b\"") == "\"a\" \"b\"")
    #expect(SettingFormat.unquoted("\"") == "\"")
    #expect(SettingFormat.unquoted("'a'") == "a")
  }
}
