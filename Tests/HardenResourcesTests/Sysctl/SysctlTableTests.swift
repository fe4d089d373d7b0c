import HardenModel
import Testing

@testable import HardenResources

@Suite struct SysctlTableTests {
  private func table(_ text: String) -> SysctlTable {
    var assignments = SysctlAssignment.all(in: Array(text.utf8), of: "/f")
    for index in assignments.indices { assignments[index].order = index }
    return SysctlTable(assignments)
  }

  private func value(_ key: String, _ text: String) -> String? {
    let entry = table(text).entries(for: SysctlKey(name: key)).last
    return entry.flatMap { entry in entry.value.map { "\($0)@\(entry.place.line ?? 0)" } }
  }

  @Test func `the later line counts, and an equal one changes nothing`() {
    #expect(value("a.b", "a.b=1\na.b=2\n") == "2@2")
    #expect(value("a.b", "a.b=1\na.b=1\n") == "1@1")
    #expect(value("a.b", "a.b=1\na.b=2\na.b=1\n") == "1@3")
  }

  @Test func `its keys are those that get a value by name`() {
    let keys = table("a.b=1\na.b=2\n-a.c\nn.*.x=1\nd.e=\n").keys
    #expect(Set(keys.map(\.name)) == ["a.b", "d.e"])
  }

  @Test func `a pattern gives way to a line that names the key, wherever it stands`() {
    #expect(value("n.c.lo.x", "n.c.lo.x=1\nn.c.*.x=2\n") == "1@1")
    #expect(value("n.c.all.x", "n.c.lo.x=1\nn.c.*.x=2\n") == "2@2")
  }

  @Test func `the last pattern wins, in the order of their last change`() {
    #expect(value("n.c.lo.x", "n.c.*.x=1\nn.c.l*.x=2\n") == "2@2")
    #expect(value("n.c.lo.x", "n.c.*.x=1\nn.c.l*.x=2\nn.c.*.x=3\n") == "3@3")
    #expect(value("n.c.lo.x", "n.c.*.x=1\nn.c.l*.x=2\nn.c.*.x=1\n") == "2@2")
  }

  @Test func `an exclusion keeps patterns away and takes an assignment back`() {
    #expect(value("n.c.lo.x", "-n.c.lo.x\nn.c.*.x=2\n") == nil)
    #expect(value("a.b", "a.b=1\n-a.b\n") == nil)
    #expect(value("n.c.lo.x", "n.c.*.x=2\n-n.c.*.x\n") == nil)
  }

  @Test func `brackets and braces are patterns too`() {
    #expect(value("n.c.all.x", "n.c.[a-d]*.x=1\n") == "1@1")
    #expect(value("n.c.lo.x", "n.c.[a-d]*.x=1\n") == nil)
    #expect(value("n.c.all.xy", "n.c.{all,default}.x*=1\n") == "1@1")
    #expect(value("n.c.lo.xy", "n.c.{all,default}.x*=1\n") == nil)
  }
}
