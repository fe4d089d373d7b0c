import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenEngine

struct RollbackPlannerTests {
  private func applied() throws -> (engine: Engine, before: TreeSnapshot) {
    let engine = try Engine()
    engine.root.write("/etc/a", "old\n")
    let before = engine.snapshot()
    try engine.apply(
      try engine.plan([
        engine.control("a", "file", ["path": "/etc/a", "state": "present", "content": "new\n"]),
        engine.control("b", "file", ["path": "/etc/b", "state": "present", "content": "new\n"]),
        engine.control("s", "sysctl", ["key": "kernel.sysrq", "value": "0"]),
        engine.control("t", "sysctl", ["key": "kernel.kptr_restrict", "value": "2"]),
      ]))
    return (engine, before)
  }

  @Test func `a rollback is undone by its number, and that again`() throws {
    let (engine, before) = try applied()
    let after = engine.snapshot()
    try engine.apply(try engine.rollback())
    #expect(engine.snapshot().differences(from: before) == [])
    #expect(try History(engine.store()).inEffect == [])
    try engine.apply(try engine.rollback([2]))
    #expect(engine.snapshot().differences(from: after, timeless: true) == [])
    #expect(try History(engine.store()).inEffect == [1])
    try engine.apply(try engine.rollback())
    #expect(engine.snapshot().differences(from: before) == [])
  }

  @Test func `a part goes back and the rest stays in effect`() throws {
    let (engine, before) = try applied()
    try engine.apply(try engine.rollback(only: ["s", "file[/etc/a]"]))
    #expect(engine.root.text("/etc/a") == "old\n")
    #expect(engine.root.text("/etc/b") == "new\n")
    #expect(engine.root.text("/etc/sysctl.d/99-zz-harden.conf")?.contains("sysrq") == false)
    #expect(engine.root.text("/etc/sysctl.d/99-zz-harden.conf")?.contains("kptr") == true)
    #expect(try History(engine.store()).inEffect == [1])
    try engine.apply(try engine.rollback())
    #expect(engine.snapshot().differences(from: before) == [])
  }

  @Test(arguments: ConflictPolicy.allCases) func `conflicts are handled as asked`(
    policy: ConflictPolicy
  ) throws {
    let (engine, before) = try applied()
    engine.root.write("/etc/a", "theirs\n")
    let plan = try engine.rollback(conflicts: policy)
    switch policy {
    case .keep:
      #expect(try engine.apply(plan).ending == .conflicts)
      #expect(engine.root.text("/etc/a") == "theirs\n")
      #expect(engine.root.text("/etc/b") == nil)
    case .restore:
      try engine.apply(plan)
      #expect(engine.snapshot().differences(from: before) == [])
    case .abort:
      #expect(throws: Failure.self) { try engine.apply(plan) }
      #expect(engine.root.text("/etc/b") == "new\n")
    }
  }

  @Test func `pruning puts back what nobody asks for any more`() throws {
    let (engine, before) = try applied()
    var plan = try engine.plan([
      engine.control("a", "file", ["path": "/etc/a", "state": "present", "content": "new\n"])
    ])
    #expect(plan.orphans.count == 3)
    try RollbackPlanner(tool: "t", now: engine.now).prune(
      &plan, on: Host(root: engine.root.path), store: engine.store())
    #expect(try engine.apply(plan).ending == .applied)
    #expect(engine.root.text("/etc/b") == nil)
    #expect(engine.root.text("/etc/sysctl.d/99-zz-harden.conf") == nil)
    #expect(try History(engine.store()).held(by: 1).map(\.address.name) == ["/etc/a"])
    try engine.apply(try engine.rollback([1]))
    #expect(engine.snapshot().differences(from: before) == [])
  }
}
