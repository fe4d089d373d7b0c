import HardenModel
import Testing

@testable import HardenResources

@Suite struct AuditRuleReadingTests {
  private static func lines(_ yaml: String) throws -> [String] {
    let entry = try Entry<AuditRule>(yaml)
    #expect(entry.messages == [])
    return entry.resources.map(\.line)
  }

  private static func messages(_ yaml: String) throws -> [String] {
    let entry = try Entry<AuditRule>(yaml)
    #expect(entry.resources.isEmpty)
    return entry.diagnostics.map { $0.message + ($0.help.map { "; \($0)" } ?? "") }
  }

  @Test func `each form is one line`() throws {
    #expect(
      try Self.lines("{watch: [/etc/passwd, /srv/a b], permissions: wa, key: [id, x]}") == [
        "-w /etc/passwd -p wa -k id -k x", "-w /srv/a\\ b -p wa -k id -k x",
      ])
    #expect(
      try Self.lines("{rule: '-aalways,exit  -F arch=b64 -S open,openat -kx'}")
        == ["-a always,exit -F arch=b64 -S open,openat -k x"])
    #expect(
      try Self.lines(
        "{action: never, list: exit, syscalls: [open, openat], arch: b64, fields: [auid>=1000], compare: [uid!=euid], key: k}"
      ) == ["-a never,exit -F arch=b64 -S open,openat -F auid>=1000 -C uid!=euid -k k"])
    #expect(
      try Self.lines("{list: exclude, fields: [msgtype=CWD]}")
        == ["-a always,exclude -F msgtype=CWD"])
  }

  @Test func `names of accounts are the host's to know`() throws {
    #expect(
      try Self.lines("{rule: '-a always,exit -S open -F uid=nobody-here -k x'}").count == 1)
  }

  @Test func `what auditctl would not take is refused where it stands`() throws {
    #expect(
      try Self.messages("{rule: '-a always,exit -S opnat -k x'}")
        == ["there is no system call 'opnat' on any architecture; did you mean 'openat'?"])
    #expect(
      try Self.messages("{rule: '-a always,exit -k x'}")
        == ["auditctl would not take this rule: -k needs a watch or a system call before it"])
    #expect(
      try Self.messages("{rule: '-A always,exit -S open'}") == [
        "-A is no rule to keep; write -a and put it first in the playbook: its order is the order of the rules"
      ])
    #expect(
      try Self.messages("{rule: '-e 2'}")
        == ["-e is no rule to keep; use audit_settings: {locked: true}"])
    #expect(
      try Self.messages("{watch: /etc, permissions: z}")
        == ["auditctl would not take this rule: 'z' is none of the permissions r, w, x and a"])
    #expect(
      try Self.messages("{rule: \"-w /a\\tb\"}")
        == ["a rule is one line without tabs or other control characters"])
  }

  @Test func `forms do not mix`() throws {
    #expect(
      try Self.messages("{rule: '-w /etc', key: x}")
        == ["audit_rule takes one form: rule alone, watch with permissions and key, or its parts"])
    #expect(
      try Self.messages("{watch: /etc, syscalls: [open]}")
        == ["audit_rule takes one form: rule alone, watch with permissions and key, or its parts"])
    #expect(
      try Self.messages("{key: x}") == ["audit_rule needs rule, watch, or syscalls and fields"])
    #expect(
      try Self.messages("{watch: etc}").first
        == "'etc' is not a plain absolute path; start with / and leave out . and .., doubled and trailing slashes"
    )
  }
}
