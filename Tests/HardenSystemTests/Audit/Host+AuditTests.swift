import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

private typealias Host = HardenSystem.Host

@Suite struct HostAuditTests {
  @Test func `below another root there is no kernel`() throws {
    let root = try TemporaryRoot()
    let host = try Host(root: root.path)
    #expect(try host.audit() == .offline)
    #expect(try host.rcuExpedited() == nil)
  }

  @Test(.enabled(if: KernelAudit.isAvailable)) func `the kernel's settings and rules are read`()
    throws
  {
    let state = try Host().auditState()
    let theirs = try Shell.run("auditctl -s; auditctl -l | grep -vx 'No rules' | wc -l")
    let lines = theirs.split(separator: "\n")
    #expect(lines.contains("failure \(state.status[.failure])"))
    #expect(lines.contains("backlog_limit \(state.status[.backlogLimit])"))
    #expect(state.rules.count >= 0)
  }

  @Test func `planned rules and settings are laid over the kernel's`() throws {
    guard KernelAudit.isAvailable else { return }
    var rule = AuditRuleData(list: 4, action: 2)
    rule.addEverySyscall()
    rule.fields = [.init(210, AuditRuleData.Code.equal, Array("planned".utf8))]
    let edit = EditAuditRules.Edit(
      Address(kind: "audit_rule", name: "x"), text: "x", rule: rule, before: false, after: true)
    let host = try Host().after(
      [
        .editAuditRules(EditAuditRules([edit])),
        .setAuditStatus(SetAuditStatus(before: [:], after: [.failure: 0])),
      ], contents: [:])
    #expect(try host.auditState().rules.contains(rule))
    #expect(try host.auditState().status[.failure] == 0)
    #expect(try !Host().auditState().rules.contains(rule))
  }
}
