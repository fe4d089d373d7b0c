import HardenCore
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct AuditRuleFindingTests {
  @Test func `the rules of the next boot in their order, by text or key`() throws {
    let tree = try AuditTree([
      "10-a": "-w /etc/passwd -p wa -k identity\n-a always,exit -F arch=b64 -S execve -k run\n",
      "20-b": "-w /etc/group -p wa -k identity\n",
    ])
    tree.root.write("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")
    let all = try AuditRule.lines("*", on: tree.root)
    #expect(
      all == [
        "rule='-a always,exit -F path=/etc/passwd -F perm=wa -k identity'",
        "rule='-a always,exit -F arch=b64 -S execve -k run'",
        "rule='-a always,exit -F path=/etc/group -F perm=wa -k identity'",
      ])
    #expect(try AuditRule.lines("ident*", on: tree.root) == [all[0], all[2]])
    #expect(try AuditRule.lines("*execve*", on: tree.root) == [all[1]])
    #expect(try AuditRule.lines("nothing", on: tree.root) == [])
  }
}
