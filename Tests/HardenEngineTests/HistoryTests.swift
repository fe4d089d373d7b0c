import HardenCore
import HardenModel
import HardenSystem
import SystemPackage
import Testing

@testable import HardenEngine

@Suite struct HistoryTests {
  private func file(_ engine: Engine, _ name: String, _ text: String) -> Control {
    engine.control(name, "file", ["path": "/etc/\(name)", "state": "present", "content": text])
  }

  private func history(_ engine: Engine) throws -> History { try History(try engine.store()) }

  @Test func `the newest run that set something owns it, until it is rolled back`() throws {
    let engine = try Engine()
    try engine.apply(try engine.plan([file(engine, "a", "1"), file(engine, "b", "1")]))
    try engine.apply(try engine.plan([file(engine, "a", "2"), file(engine, "b", "1")]))
    let (a, b) = (Address(kind: "file", name: "/etc/a"), Address(kind: "file", name: "/etc/b"))
    #expect(try history(engine).owner(of: a)?.run.run == 2)
    #expect(try history(engine).owner(of: b)?.run.run == 1)
    #expect(try history(engine).inEffect == [2, 1])

    try engine.apply(try engine.rollback())
    #expect(try history(engine).owner(of: a)?.run.run == 1)
    #expect(try history(engine).inEffect == [1])
    #expect(try history(engine).rollback(of: 2) == 3 && history(engine).rollback(of: 1) == nil)
  }

  @Test func `undoing a rollback brings back what it had put away`() throws {
    let engine = try Engine()
    try engine.apply(try engine.plan([file(engine, "a", "1")]))
    try engine.apply(try engine.rollback())
    #expect(try history(engine).inEffect == [])
    try engine.apply(try engine.rollback([2]))
    #expect(engine.root.text("/etc/a") == "1")
    #expect(try history(engine).inEffect == [1] && history(engine).rollback(of: 1) == nil)
    #expect(try history(engine).owner(of: Address(kind: "file", name: "/etc/a"))?.run.run == 1)
  }

  @Test func `what a playbook holds is listed once, with the run that set it last`() throws {
    let engine = try Engine()
    try engine.apply(try engine.plan([file(engine, "a", "1")]))
    try engine.apply(try engine.plan([file(engine, "a", "2")]))
    let held = try history(engine).held(for: ["p"])
    #expect(held.map(\.run) == [2] && held.map(\.control) == ["a"])
    #expect(try history(engine).held(for: ["other"]) == [])
  }

  @Test func `a run without an end is unfinished, and a failed one holds nothing`() throws {
    let engine = try Engine()
    #expect(try history(engine).unfinished == nil)
    _ = try? engine.apply(
      try engine.plan([file(engine, "a", "1")]),
      calls: Calls { $0.call == "renameat2" && $0.subject == "/etc/a" ? .ioError : nil })
    #expect(try history(engine).inEffect == [] && history(engine).results.map(\.run) == [1])
    #expect(engine.root.text("/etc/a") == nil)
  }

  @Test func `a plan is known by the run that used it`() throws {
    let engine = try Engine()
    let plan = try engine.plan([file(engine, "a", "1")])
    #expect(try history(engine).run(using: plan) == nil)
    try engine.apply(plan)
    #expect(try history(engine).run(using: plan) == 1)
    var other = plan
    other.nonce &+= 1
    #expect(try history(engine).run(using: other) == nil)
  }
}
