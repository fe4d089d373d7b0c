import HardenModel
import HardenTestSupport
import Testing

@testable import HardenSystem

/// The running manager is asked in Tests/AcceptanceTests/ServiceManagerTests.
@Suite struct UnitsTests {
  @Test func `lines of the manager`() {
    let table = UnitTable(
      "basic.target loaded active 0\na.service masked inactive 1\nb.service loaded failed 0\nx\n",
      loaded: 1_700_000_000_500_000)
    #expect(table.isUp && !table.isComingUp && table.states.count == 3)
    #expect(
      table.states["a.service"] == UnitState(load: "masked", active: "inactive", isQueued: true))
    #expect(table.states["b.service"]?.isActive == false)
    #expect(table.loaded == Timestamp(seconds: 1_700_000_000, nanoseconds: 500_000_000))
    let timed = UnitTable("a.service loaded active 0 1700000000500000 0\n", loaded: 0)
    #expect(
      timed.states["a.service"]?.started
        == Timestamp(seconds: 1_700_000_000, nanoseconds: 500_000_000))
    #expect(timed.states["a.service"]?.reread == nil)
    #expect(UnitTable("", loaded: 0).loaded == nil)
  }

  @Test(arguments: [("active 0", false), ("inactive 1", true), ("inactive 0", false)])
  func `a boot that goes on has a job for where services start`(words: String, isComing: Bool) {
    #expect(UnitTable("basic.target loaded \(words)\n", loaded: 0).isComingUp == isComing)
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
