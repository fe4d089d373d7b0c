import Glibc
import HardenCore
import HardenModel
import HardenTestSupport
import Testing

@testable import HardenEngine

struct PlannerTests {
  @Test func `a directory comes before what goes into it, whatever the playbook says`() throws {
    let engine = try Engine()
    let plan = try engine.plan([
      engine.control("file", "file", ["path": "/srv/a/b/f", "state": "present", "content": "x"]),
      engine.control("inner", "directory", ["path": "/srv/a/b", "state": "present"]),
      engine.control("outer", "directory", ["path": "/srv/a", "state": "present"]),
      engine.control("top", "directory", ["path": "/srv", "state": "present"]),
    ])
    #expect(plan.steps.map(\.step.target) == ["/srv", "/srv/a", "/srv/a/b", "/srv/a/b/f"])
  }

  @Test func `what was asked to come after comes after`() throws {
    let engine = try Engine()
    let plan = try engine.plan([
      engine.control("one", "file", ["path": "/etc/one", "state": "present"], after: ["two"]),
      engine.control("two", "file", ["path": "/etc/two", "state": "present"], after: ["three"]),
      engine.control("three", "file", ["path": "/etc/three", "state": "present"]),
    ])
    #expect(plan.steps.map(\.step.target) == ["/etc/three", "/etc/two", "/etc/one"])
  }

  @Test func `two controls that want different things are an error that names both lines`() throws {
    let engine = try Engine()
    engine.root.write("/etc/f", "x", mode: 0o777)
    guard
      case .mistakes(let mistakes) = try engine.answer([
        engine.control("a", "file", ["path": "/etc/f", "mode": "0644"], line: 3),
        engine.control("b", "file", ["path": "/etc/f", "mode": "0600"], line: 7),
      ])
    else {
      Issue.record("a plan was made")
      return
    }
    #expect(mistakes.map(\.code) == [.contradiction])
    #expect(mistakes[0].range?.line == 7)
    #expect(mistakes[0].notes.map(\.range.line) == [3])
  }

  @Test func `what two controls want of one resource is shown for both, the same thing once`()
    throws
  {
    let engine = try Engine()
    engine.root.write("/etc/f", "x", mode: 0o644)
    let plan = try engine.plan([
      engine.control("mode", "file", ["path": "/etc/f", "mode": "0600"]),
      engine.control("owner", "file", ["path": "/etc/f", "owner": "alice"]),
      engine.control("again", "file", ["path": "/etc/f", "mode": "0600"]),
    ])
    #expect(plan.changes.map(\.control) == ["mode", "owner"])
    #expect(
      plan.changes.map(\.address)
        == Array(repeating: Address(kind: "file", name: "/etc/f"), count: 2))
  }

  @Test(arguments: [0o777, 0o644]) func `two resources that fight over one path do not converge`(
    mode: Int
  ) throws {
    let engine = try Engine()
    engine.root.write("/etc/f", "x", mode: mode)
    guard
      case .mistakes(let mistakes) = try engine.answer([
        engine.control("gone", "file", ["path": "/etc/f", "state": "absent"], line: 3),
        engine.control("mode", "file", ["path": "/etc/f", "mode": "0644"], line: 5),
      ])
    else {
      Issue.record("a plan was made")
      return
    }
    #expect(mistakes.map(\.code) == [.notConverging])
    #expect(mistakes[0].range?.line == 5 && mistakes[0].notes.map(\.range.line) == [3])
  }

  @Test func `what a person checks can be waived, and applies under its condition only`() throws {
    let engine = try Engine()
    let at = SourceRange(file: "p.yaml", line: 1, column: 1)
    func manual(_ id: String, when path: String) -> Control {
      Control(
        id: id, playbook: "p", condition: .test(.exists, values: [path]), manual: "look", at: at)
    }
    let made = engine.control("made", "file", ["path": "/etc/made", "state": "present"])
    let controls = [
      manual("now", when: "/etc/passwd"), manual("never", when: "/etc/none"),
      manual("then", when: "/etc/made"), manual("waived", when: "/etc/passwd"), made,
    ]
    let waiver = Waiver(
      control: "waived", until: "2099-01-01", owner: "o", reason: "r", at: at)
    guard case .plan(let plan) = try engine.answer(controls, waivers: [waiver]) else {
      Issue.record("no plan was made")
      return
    }
    #expect(
      plan.controls.map(\.verdict) == [.manual, .notApplicable, .manual, .waived, .differs])
  }

  @Test func `a condition is evaluated on the planned host`() throws {
    let engine = try Engine()
    let plan = try engine.plan([
      engine.control(
        "needs", "file", ["path": "/etc/second", "state": "present"],
        condition: .test(.exists, values: ["/etc/first"])),
      engine.control("first", "file", ["path": "/etc/first", "state": "present"]),
    ])
    #expect(Set(plan.steps.map(\.step.target)) == ["/etc/first", "/etc/second"])
  }

  @Test func `what another resource makes is there for those that come after it`() throws {
    let engine = try Engine()
    let plan = try engine.plan([
      engine.control(
        "may", "file_capability", ["path": "/usr/bin/p", "capabilities": "cap_net_raw=ep"],
        after: ["program"]),
      engine.control(
        "program", "file",
        ["path": "/usr/bin/p", "state": "present", "content": "x", "mode": "0755"]),
    ])
    #expect(plan.steps.map(\.step.target) == ["/usr/bin/p", "/usr/bin/p"])
    #expect(plan.controls.map(\.verdict) == [.differs, .differs])
  }

  @Test func `equal hosts give equal ids, and an unrelated edit changes nothing`() throws {
    let (one, other) = (try Engine(), try Engine())
    let controls = { (engine: Engine) in
      [engine.control("f", "file", ["path": "/etc/f", "state": "present", "content": "x"])]
    }
    let id = try one.plan(controls(one)).id
    #expect(try other.plan(controls(other)).id == id)
    other.root.write("/etc/unrelated", "y")
    #expect(try other.plan(controls(other)).id == id)
    other.root.write("/etc/f", "z")
    #expect(try other.plan(controls(other)).id != id)
  }

  @Test func `what a run left so is no drift when the playbook asks for something else`() throws {
    let engine = try Engine()
    engine.root.write("/etc/f", "x")
    func mode(_ mode: String) -> Control {
      engine.control("f", "file", ["path": "/etc/f", "mode": mode])
    }
    try engine.apply(try engine.plan([mode("0600")]))
    let other = try engine.plan([mode("0640")])
    #expect(other.drift == [] && other.controls.map(\.verdict) == [.differs])
    chmod(engine.root.outside("/etc/f"), 0o666)
    #expect(try engine.plan([mode("0640")]).drift.map(\.address.name) == ["/etc/f"])
  }

  @Test func `what a run had set and is no longer so is drift, what nobody asks for is an orphan`()
    throws
  {
    let engine = try Engine()
    let both = [
      engine.control("f", "file", ["path": "/etc/f", "state": "present", "content": "x"]),
      engine.control("g", "file", ["path": "/etc/g", "state": "present", "content": "x"]),
    ]
    try engine.apply(try engine.plan(both))
    engine.root.write("/etc/f", "theirs")
    let plan = try engine.plan([both[0]])
    #expect(plan.drift.map(\.address.name) == ["/etc/f"])
    #expect(plan.controls.map(\.verdict) == [.drifted])
    #expect(plan.orphans.map(\.address.name) == ["/etc/g"])
  }

  @Test func `a playbook cannot take what another one holds`() throws {
    let engine = try Engine()
    engine.root.write("/etc/f", "x", mode: 0o777)
    try engine.apply(
      try engine.plan([engine.control("a", "file", ["path": "/etc/f", "mode": "0640"])]))
    guard
      case .mistakes(let mistakes) = try engine.answer([
        engine.control("b", "file", ["path": "/etc/f", "mode": "0600"], playbook: "q")
      ])
    else {
      Issue.record("a plan was made")
      return
    }
    #expect(mistakes.map(\.code) == [.contradiction])
  }

  @Test func `a waived control is left alone until its day`() throws {
    let engine = try Engine()
    let control = engine.control("f", "file", ["path": "/etc/f", "state": "present"])
    let waiver = { (until: String) in
      Waiver(control: "f", until: until, owner: "o", reason: "r", at: control.at)
    }
    guard case .plan(let waived) = try engine.answer([control], waivers: [waiver("2099-01-01")]),
      case .plan(let expired) = try engine.answer([control], waivers: [waiver("2020-01-01")])
    else {
      Issue.record("no plan")
      return
    }
    #expect(waived.controls.map(\.verdict) == [.waived] && waived.steps.isEmpty)
    #expect(expired.controls.map(\.verdict) == [.differs])
    #expect(expired.obstacles.map(\.kind) == [.waiver])
  }

  @Test func `only and except select with what must come before`() throws {
    let engine = try Engine()
    let controls = [
      engine.control("a", "file", ["path": "/etc/a", "state": "present"]),
      engine.control("b", "file", ["path": "/etc/b", "state": "present"], after: ["a"]),
      engine.control("c", "file", ["path": "/etc/c", "state": "present"]),
    ]
    let only = try engine.plan(controls, selection: Selection(only: ["b"]))
    #expect(only.controls.map(\.id) == ["a", "b"])
    let except = try engine.plan(controls, selection: Selection(except: ["file[/etc/c]", "a"]))
    #expect(except.steps.map(\.step.target) == ["/etc/b"])
  }

  @Test func `what stands on something that the plan makes is compared once that is planned`()
    throws
  {
    let engine = try Engine()
    let program = engine.control(
      "program", "file", ["path": "/srv/proxy", "state": "present", "content": "#!"])
    let plan = try engine.plan([
      engine.control(
        "capability", "file_capability",
        ["path": "/srv/proxy", "capabilities": "cap_net_bind_service=ep"]),
      engine.control("none", "file_capability", ["path": "/srv/tool", "capabilities": "none"]),
      program,
      engine.control("tool", "file", ["path": "/srv/tool", "state": "present"]),
    ])
    #expect(plan.refused.isEmpty && plan.obstacles.isEmpty)
    #expect(plan.controls.map(\.verdict) == [.differs, .holds, .differs, .differs])
    let change = try #require(plan.changes.first { $0.address.kind == "file_capability" })
    #expect(change.planes.map(\.wanted) == ["cap_net_bind_service=ep"])
  }

  private func digest(_ engine: Engine, of text: String) -> Control {
    engine.control(
      "probed", "probe",
      ["digest": "/etc/f", "sha256": Digest(of: Array(text.utf8)).description])
  }

  @Test func `what can only be looked at differs, and stands in the way of nothing`() throws {
    let engine = try Engine()
    engine.root.write("/etc/f", "old\n")
    let other = engine.control("other", "file", ["path": "/etc/g", "state": "present"])
    let alone = try engine.plan([other])
    let plan = try engine.plan([digest(engine, of: "new\n"), other])
    #expect(plan.changes.map(\.action) == [.unmet, .create])
    #expect(plan.controls.map(\.verdict) == [.differs, .differs])
    #expect(
      plan.controls[0].reason == "nothing that harden can change: probe[digest /etc/f]")
    #expect(plan.pending.count == 1 && plan.unmet.count == 1 && plan.obstacles.isEmpty)
    #expect(plan.id == alone.id, "what harden does is the same")
    let report = try engine.apply(plan)
    #expect(report.ending == .applied && report.unmet == [plan.changes[0].address])
    #expect(report.exit() == .attention)
    let rows = Assessment(plan, .apply, after: report).rows
    #expect(rows.map(\.control.verdict) == [.differs, .holds])
    let again = try engine.plan([digest(engine, of: "new\n"), other])
    #expect(again.isEmpty && again.exit() == .success && again.exit(detailed: true) == .attention)
    #expect(try engine.apply(again).exit() == .attention)
    #expect(try engine.apply(engine.rollback()).exit() == .success)
  }

  @Test func `a probe that other steps make hold differs now, and holds afterwards`() throws {
    let engine = try Engine()
    engine.root.write("/etc/f", "old\n")
    let controls = [
      digest(engine, of: "new\n"),
      engine.control("f", "file", ["path": "/etc/f", "content": "new\n"]),
    ]
    let plan = try engine.plan(controls)
    #expect(plan.controls.map(\.verdict) == [.differs, .differs] && plan.unmet.isEmpty)
    #expect(plan.changes[0].notes == ["other steps of this plan make it so"])
    let report = try engine.apply(plan)
    #expect(report.ending == .applied && report.exit() == .success)
    #expect(
      Assessment(plan, .apply, after: report).rows.allSatisfy { $0.control.verdict == .holds })
    #expect(try engine.plan(controls).controls.map(\.verdict) == [.holds, .holds])
  }

  @Test func `a probe that steps of the plan break is shown beforehand`() throws {
    let engine = try Engine()
    engine.root.write("/etc/f", "old\n")
    let plan = try engine.plan([
      digest(engine, of: "old\n"),
      engine.control("f", "file", ["path": "/etc/f", "content": "new\n"]),
    ])
    #expect(
      plan.unmet.map(\.notes) == [
        ["as wanted now, but an earlier step of this plan changes it"]
      ])
    #expect(try engine.apply(plan).exit() == .attention)
  }
}
