import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenEngine

@Suite struct GuardTests {
  @Test(arguments: ["/bin/true", "/etc/passwd"])
  func `a guard that does not run stops the apply before its first step`(program: String) throws {
    let engine = try Engine()
    let before = engine.snapshot()
    let plan = try engine.plan([
      engine.control("f", "file", ["path": "/etc/f", "state": "present", "content": "new\n"])
    ])
    let now = engine.now
    var options = Applier.Options(
      window: TimeSpan(seconds: 60), actor: Actor(login: nil, session: nil, user: 0, command: []))
    options.program = program
    let report = try Applier(planner: engine.planner, tool: "t", clock: { now }).apply(
      plan, on: Host(root: engine.root.path), store: try engine.store(), options: options)
    #expect(report.ending == .restored && report.exit() == .failed, "\(report)")
    #expect(report.failure?.contains("does not run here") == true, "\(report)")
    #expect(engine.snapshot().differences(from: before) == [])
    #expect(try History(try engine.store()).unfinished == nil)
  }
}
