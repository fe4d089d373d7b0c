import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

private typealias Host = HardenSystem.Host

@Suite struct AuditBootTests {
  private static let folder = "/etc/audit/rules.d"

  private static func boot(_ files: [String: String]) throws -> AuditBoot {
    let root = try TemporaryRoot()
    for (name, text) in files { root.write("\(folder)/\(name).rules", text) }
    return try AuditBoot.of(Host(root: root.path))
  }

  private static func keys(_ boot: AuditBoot) -> [String] { boot.rules.map { $0.rule.key ?? "-" } }

  @Test func `rules and settings with the lines that give them`() throws {
    let boot = try Self.boot([
      "10-a": "-D\n-b 8192\n-w /etc/passwd -p wa -k a\n",
      "20-b": "-A never,exit -F path=/etc/group -F perm=r -k b\n-b 320\n-e 2\n-f 2\n",
    ])
    #expect(Self.keys(boot) == ["b", "a"], "-A puts it at the start")
    #expect(boot.rules[1].place == Place("\(Self.folder)/10-a.rules", line: 3))
    #expect(boot.values[.backlogLimit]?.value == 320)
    #expect(boot.values[.enabled]?.place == Place("\(Self.folder)/20-b.rules", line: 3))
    #expect(boot.stop == nil)
  }

  @Test func `a bad line keeps every later one out, and is named`() throws {
    let boot = try Self.boot([
      "10-a": "-w /etc/passwd -p wa -k a\n",
      "20-b": "-a always,exit -F arch=b64 -S nosuchcall -k b\n-w /etc/group -p wa -k c\n-e 2\n",
    ])
    #expect(Self.keys(boot) == ["a"])
    #expect(boot.stop?.place == Place("\(Self.folder)/20-b.rules", line: 1))
    #expect(boot.stop?.reason == "there is no system call 'nosuchcall'")
    #expect(boot.values[.enabled] == nil, "the lock is never come to")
    #expect(boot.mentioned.compactMap(\.rule.key) == ["a", "c"])
    #expect(boot.stop(before: "\(Self.folder)/zz-harden.rules") != nil)
    #expect(boot.stop(before: "\(Self.folder)/15-x.rules") == nil)
  }

  @Test func `with -i or -c loading goes on`() throws {
    let boot = try Self.boot(["10-a": "-c\n-w nothing\n-w /etc/passwd -k a\n"])
    #expect(Self.keys(boot) == ["a"])
    #expect(boot.failed.map(\.place.line) == [2])
  }

  @Test func `a rule that is loaded twice, and a path that is not there, stop it as well`() throws {
    let twice = try Self.boot([
      "10-a": "-w /etc/passwd -k a\n-w /etc/passwd -p rwxa -k a\n-w /etc -k b\n"
    ])
    #expect(Self.keys(twice) == ["a"])
    #expect(twice.stop?.reason == "the rule is loaded already")
    let missing = try Self.boot(["10-a": "-w /no/such -k a\n"])
    #expect(missing.stop?.reason == "/no does not exist")
    #expect(try Self.boot(["10-a": "-w /etc/new -k a\n"]).stop == nil, "its folder is there")
    #expect(try Self.boot(["10-a": "-a always,exit -F dir=/etc/new -k a\n"]).stop != nil)
  }

  @Test func `a missing newline is blamed for what it joins`() throws {
    let boot = try Self.boot(["10-a": "-w /etc/passwd -k a", "20-b": "-b 64\n-w /etc/group -k b\n"])
    #expect(
      boot.stop?.reason
        == "'64' belongs to no option; it has no final newline, so \(Self.folder)/20-b.rules:1 is joined to it"
    )
  }

  @Test func `what takes rules away again is known`() throws {
    let boot = try Self.boot(["10-a": "-w /etc/passwd -k a\n-w /etc/group -k b\n-D -k a\n"])
    #expect(Self.keys(boot) == ["b"])
    #expect(boot.removals == [Place("\(Self.folder)/10-a.rules", line: 3)])
  }

  @Test func `a watch is one of a folder where there is one`() throws {
    let boot = try Self.boot(["10-a": "-w /etc -k a\n-w /etc/passwd -k b\n"])
    #expect(boot.rules.map { $0.rule.fields[0].code } == [107, 105])
  }

  @Test func `a rule covers another one with more comparisons and fewer system calls`() throws {
    func rule(_ text: String) throws -> AuditRuleData {
      let line = try AuditLine(
        AuditWords.split(text), accounts: AccountNames(passwd: "", group: ""))
      return try #require(line.rule)
    }
    let wide = try rule("-a never,exit -F arch=b64 -S open,openat -F auid>=1000")
    #expect(
      wide.covers(try rule("-a always,exit -F arch=b64 -S openat -F auid>=1000 -F uid=0 -k x")))
    #expect(!wide.covers(try rule("-a always,exit -F arch=b64 -S openat,read -F auid>=1000")))
    #expect(!wide.covers(try rule("-a always,exit -F arch=b64 -S openat -F uid=0")))
    let watch = try rule("-a never,exit -F path=/etc/passwd -F perm=wa")
    #expect(watch.covers(try rule("-w /etc/passwd -p w -k x")))
    #expect(!watch.covers(try rule("-w /etc/passwd -p r -k x")))
  }
}
