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
