import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct AuditRuleDataTextTests {
  private static let accounts = AccountNames(
    passwd: "root:x:0:0::/:/bin/sh\n", group: "daemon:x:1:\n")

  private static func rule(_ text: String) throws -> AuditRuleData {
    guard case .add(let rule, _, _) = try AuditLine(AuditWords.split(text), accounts: accounts)
    else { throw AuditSyntaxError("no rule") }
    return rule
  }

  @Test func `text in one form, with nothing left out`() throws {
    #expect(
      try Self.rule("-w /etc/ssh/ -p wa -k a -k b").text
        == "-a always,exit -F path=/etc/ssh -F perm=wa -k a -k b")
    #expect(
      try Self.rule("-a exit,never -F arch=b64 -S 59 -S openat -F auid!=-1 -F exit=-13 -F key=x")
        .text
        == "-a never,exit -F arch=b64 -S execve,openat -F auid!=unset -F exit=-EACCES -k x")
    #expect(
      try Self.rule("-a always,exit -F dir=/a\\ b/ -C uid!=euid -F a1&=0x40").text
        == "-a always,exit -F dir=/a\\ b/ -C uid!=euid -F a1&=0x40")
    #expect(
      try Self.rule("-a always,exclude -F msgtype=1307").text
        == "-a always,exclude -F msgtype=CWD")
  }

  @Test func `the text of every rule is that rule again`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    var count = 0
    for _ in 0..<2000 {
      let line = AuditRuleTexts.line(&random)
      guard let rule = try? Self.rule(line) else { continue }
      count += 1
      let isSame = try Self.rule(rule.text) == rule
      #expect(isSame, "seed \(seed): \(line) became \(rule.text)")
    }
    #expect(count > 500)
  }
}
