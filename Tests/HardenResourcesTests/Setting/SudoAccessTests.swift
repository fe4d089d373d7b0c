import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SudoAccessTests {
  /// What alice, in the group sudo, loses when `line` goes from the rules.
  private func lost(_ rules: String, without line: String, password: String = "$y$x") throws
    -> [String]
  {
    let root = try TemporaryRoot()
    root.write(
      "/etc/passwd", "root:x:0:0::/root:/usr/sbin/nologin\nalice:x:1000:1000::/home/alice:/bin/sh\n"
    )
    root.write("/etc/group", "sudo:x:27:alice\nalice:x:1000:\n")
    root.write("/etc/shadow", "alice:\(password):1::::::\n", mode: 0o600)
    root.write("/etc/sudoers", "Defaults env_reset\n@includedir /etc/sudoers.d\n")
    root.write("/etc/sudoers.d/team", rules, mode: 0o440)
    root.write("/etc/sudoers.d/team.bak", "alice ALL=(ALL) NOPASSWD: ALL\n", mode: 0o440)
    let setting = Setting(
      file: "/etc/sudoers.d/team", format: .lines, key: line, wanted: nil, state: .absent)
    return try setting.observe(Host(root: root.path), for: .test).risks
  }

  @Test func `the last line that names an administrator`() throws {
    let rule = "%sudo ALL=(ALL:ALL) ALL"
    let out = ["alice could not use sudo any more: no line names it"]
    #expect(try lost("\(rule)\n", without: rule) == out)
    #expect(try lost("\(rule)\nalice,bob ALL=(ALL) ALL\n", without: rule).isEmpty)
    #expect(try lost("\(rule)\nbob ALL=(ALL) ALL\n", without: rule) == out)
    #expect(try lost("\(rule)\n# alice ALL=(ALL) ALL\n", without: rule) == out)
  }

  @Test func `an alias names an administrator`() throws {
    let alias = "User_Alias TEAM = bob, alice"
    let rules = "\(alias)\nTEAM ALL=(ALL) ALL\n"
    let out = ["alice could not use sudo any more: no line names it"]
    #expect(try lost(rules, without: "TEAM ALL=(ALL) ALL") == out)
    #expect(try lost(rules, without: alias) == out)
    let other = "%sudo ALL=(ALL:ALL) ALL"
    #expect(try lost("\(rules)\(other)\n", without: other).isEmpty)
    #expect(
      try lost("User_Alias TEAM = bob\nTEAM ALL=(ALL) ALL\n\(other)\n", without: other) == out)
  }

  @Test func `the last line without a password, of one who has none`() throws {
    let free = "alice ALL=(ALL) NOPASSWD:ALL"
    let rules = "%sudo ALL=(ALL:ALL) ALL\n\(free)\n"
    #expect(try lost(rules, without: free).isEmpty)
    #expect(
      try lost(rules, without: free, password: "!") == [
        "alice could not use sudo any more: it would be asked for a password, and has none"
      ])
  }
}
