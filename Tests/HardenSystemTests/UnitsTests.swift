import HardenModel
import HardenTestSupport
import Testing

@testable import HardenSystem

/// The running manager is asked in Tests/AcceptanceTests/ServiceManagerTests.
@Suite struct UnitsTests {
  @Test func `lines of the manager`() {
    let table = UnitTable(
      "basic.target loaded active\na.service masked inactive\nb.service loaded failed\nx\n",
      loaded: 1_700_000_000_500_000)
    #expect(table.isUp && table.states.count == 3)
    #expect(table.states["a.service"] == UnitState(load: "masked", active: "inactive"))
    #expect(table.states["b.service"]?.isActive == false)
    #expect(table.loaded == Timestamp(seconds: 1_700_000_000, nanoseconds: 500_000_000))
    #expect(UnitTable("", loaded: 0).loaded == nil)
  }

  @Test func `what is known of one unit`() {
    let facts = UnitFacts(
      """
      InvocationID 0af1
      InactiveExitTimestamp 1000000
      RequiredBy a.service
      BoundBy a.service
      ConsistsOf b.service
      TriggeredBy c.socket
      ExecMainStartTimestamp 2000000

      """)
    #expect(facts.invocation == "0af1" && facts.started == Timestamp(seconds: 2))
    #expect(facts.dependents == ["a.service", "b.service"] && facts.triggers == ["c.socket"])
    #expect(UnitFacts("InvocationID \nInactiveExitTimestamp 0\n") == UnitFacts(""))
  }

  @Test func `planned steps are known without asking`() throws {
    let root = try TemporaryRoot()
    let host = try Host(root: root.path).after(
      [
        .setUnit(.run(unit: "a.service", isRunning: false)),
        .setUnit(.restart(unit: "b.service", invocation: "")),
        .setUnit(.reload(paths: ["/etc"])),
      ], contents: [:])
    let (a, b) = (
      host.plannedActivity(ofUnit: "a.service"), host.plannedActivity(ofUnit: "b.service")
    )
    let (isRestarted, isUnread) = (
      host.isRestartPlanned(ofUnit: "b.service"), try host.isUnread(["/etc/passwd"])
    )
    #expect(a == false && b == nil && isRestarted && !isUnread)
  }
}
