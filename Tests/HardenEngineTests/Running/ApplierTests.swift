import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import SystemPackage
import Testing

@testable import HardenEngine

struct ApplierTests {
  private func controls(_ engine: Engine) -> [Control] {
    [
      engine.control("d", "directory", ["path": "/etc/d", "state": "present", "mode": "0700"]),
      engine.control("f", "file", ["path": "/etc/d/f", "state": "present", "content": "new\n"]),
      engine.control("m", "file", ["path": "/etc/motd", "mode": "0600", "owner": "alice"]),
      engine.control("s", "sysctl", ["key": "kernel.sysrq", "value": "0"]),
    ]
  }

  private func engine() throws -> Engine {
    let engine = try Engine()
    engine.root.write("/etc/motd", "old\n", mode: 0o4644)
    return engine
  }

  @Test func `an apply does what the plan says, once`() throws {
    let engine = try engine()
    let before = engine.snapshot()
    let plan = try engine.plan(controls(engine))
    #expect(try engine.apply(plan).ending == .applied)
    #expect(engine.root.text("/etc/d/f") == "new\n")
    #expect(engine.root.mode("/etc/motd") == 0o600)
    #expect(try engine.plan(controls(engine)).isEmpty)
    #expect(throws: Failure.self) { try engine.apply(plan) }
    #expect(try engine.apply(try engine.rollback()).ending == .rolledBack)
    #expect(engine.snapshot().differences(from: before) == [])
  }

  @Test func `a plan is refused when the host has moved, and the refusal names what`() throws {
    let engine = try engine()
    let plan = try engine.plan(controls(engine))
    engine.root.write("/etc/motd", "old\n", mode: 0o666)
    do {
      try engine.apply(plan)
      Issue.record("it was applied")
    } catch let failure as Failure {
      #expect(failure.exitCode == .refused)
      #expect(
        failure.sentences.contains { $0.hasPrefix("file[/etc/motd]: FILE was") }, "\(failure)")
    }
    #expect(engine.root.text("/etc/d/f") == nil)
  }

  /// Something that somebody does to `root` right after harden has put the file at `path`.
  private func meanwhile(_ path: String, _ act: @escaping @Sendable () -> Void) -> Calls {
    Calls { point in
      if point.call == "renameat2", point.subject == path, point.isAfter { act() }
      return nil
    }
  }

  private func two(_ engine: Engine) -> [Control] {
    ["a", "b"].map {
      engine.control($0, "file", ["path": "/etc/\($0)", "state": "present", "content": "new\n"])
    }
  }

  @Test func `what is changed behind its back during the run is found at the end`() throws {
    let engine = try Engine()
    let path = engine.root.outside("/etc/a")
    let report = try engine.apply(
      try engine.plan(two(engine)),
      calls: meanwhile("/etc/b") { _ = try? Shell.run("echo theirs > \(path)") })
    #expect(report.ending == .incomplete)
    #expect(report.failure?.contains("/etc/a") == true, "\(report)")
    #expect(engine.root.text("/etc/a") == "theirs\n" && engine.root.text("/etc/b") == nil)
  }

  @Test func `a probe that held before the run and fails after it undoes the run`() throws {
    let engine = try engine()
    engine.root.write("/etc/f", "old\n")
    let sum = Digest(of: Array("old\n".utf8)).description
    let plan = try engine.plan(
      controls(engine) + [engine.control("p", "probe", ["digest": "/etc/f", "sha256": sum])])
    #expect(plan.changes.count == 4)
    let path = engine.root.outside("/etc/f")
    let report = try engine.apply(
      plan,
      calls: meanwhile("/etc/d/f") {
        try? "new\n".write(toFile: path, atomically: false, encoding: .utf8)
      })
    #expect(report.ending == .restored)
    #expect(report.failure?.contains("probe[digest /etc/f] is not as wanted") == true)
    #expect(engine.root.text("/etc/d/f") == nil && engine.root.mode("/etc/motd") == 0o4644)
  }

  @Test func `a step that somebody else has done counts as done and is ours`() throws {
    let engine = try Engine()
    let path = engine.root.outside("/etc/b")
    let report = try engine.apply(
      try engine.plan(two(engine)),
      calls: meanwhile("/etc/a") { _ = try? Shell.run("echo new > \(path); chmod 644 \(path)") })
    #expect(report.ending == .applied && report.entries.map(\.outcome) == [.done, .already])
    let history = try History(try engine.store())
    #expect(history.owner(of: Address(kind: "file", name: "/etc/b"))?.run.run == 1)
  }

  @Test func `what only the next boot can bring is pending, and does not fail the run`() throws {
    let engine = try engine()
    engine.root.write("/etc/latch", "off")
    engine.root.write("/run/latch", "off")
    let plan = try engine.plan([Latch.control()])
    #expect(plan.awaitsReboot && plan.controls[0].verdict == .differs)
    let report = try engine.apply(plan)
    #expect(report.word == "pending" && report.exit(detailed: true) == .waiting)
    let second = try engine.plan([Latch.control()])
    #expect(second.isEmpty && second.controls[0].verdict == .pending)
    #expect(second.exit() == .success && second.exit(detailed: true) == .waiting)
    engine.root.write("/run/latch", "on")
    #expect(try engine.plan([Latch.control()]).controls[0].verdict == .holds)
  }

  @Test func `what would break refuses the run until it is accepted, also when it began later`()
    throws
  {
    let engine = try engine()
    engine.root.write("/etc/latch", "off")
    let early = try engine.plan([Latch.control()])
    engine.root.write("/run/busy", "sleep (pid 7)")
    let plan = try engine.plan([Latch.control()])
    #expect(plan.obstacles.map(\.kind) == [.interlock])
    #expect(
      plan.obstacles.first?.message
        == "latch[/etc/latch]: sleep (pid 7) holds the latch; accept it with --accept-risk l")
    for refused in [early, plan] {
      #expect(throws: Failure.refused(plan.obstacles.map(\.message))) {
        try engine.apply(refused, accepted: ["other"])
      }
    }
    #expect(engine.root.text("/etc/latch") == "off")
    #expect(try engine.apply(plan, accepted: ["l"]).ending == .applied)
    #expect(engine.root.text("/etc/latch") == "on")
  }

  @Test func `a plan of another host, another version or another day is refused`() throws {
    let engine = try engine()
    let plan = try engine.plan(controls(engine))
    for change in [
      { (plan: inout Plan) in plan.host.machine = .zero }, { $0.tool = "other" },
      { $0.expires = 1 }, { $0.host.root = "/elsewhere" },
    ] {
      var altered = plan
      change(&altered)
      #expect(throws: Failure.self) { try engine.apply(altered) }
    }
    #expect(engine.root.text("/etc/d/f") == nil)
  }

  /// A call fails at the n-th time it is made, for every n until the run goes through.
  @Test(arguments: ["fsync", "fdatasync", "renameat2", "write", "fchmod", "mkdirat"])
  func `a failing call leaves the host as it was`(call: String) throws {
    for at in 1... {
      let engine = try engine()
      let before = engine.snapshot()
      let plan = try engine.plan(controls(engine))
      let counter = Counter()
      let calls = Calls { point in
        guard !point.isAfter, point.call == call else { return nil }
        counter.count += 1
        return counter.count == at ? .ioError : nil
      }
      var ending: Report.Ending?
      do { ending = try engine.apply(plan, calls: calls).ending } catch is Failure {}
      if counter.count < at { break }
      #expect(ending == nil || ending == .restored, "\(call) \(at): \(String(describing: ending))")
      #expect(engine.snapshot().differences(from: before) == [], "\(call) \(at)")
      _ = try engine.recover()
      #expect(engine.snapshot().differences(from: before) == [], "\(call) \(at), recovered")
    }
  }

  private final class Counter: @unchecked Sendable { var count = 0 }
}
