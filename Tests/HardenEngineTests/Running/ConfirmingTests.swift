import Glibc
import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenEngine

/// Runs that wait, on a root of their own; the guard is the real program that watches.
@Suite struct ConfirmingTests {
  private let actor = Actor(login: nil, session: nil, user: 0, command: [])

  private func controls(_ engine: Engine) -> [Control] {
    [
      engine.control("f", "file", ["path": "/etc/f", "state": "present", "content": "new\n"]),
      engine.control("m", "file", ["path": "/etc/motd", "mode": "0600"]),
    ]
  }

  private func engine() throws -> Engine {
    let engine = try Engine()
    engine.root.write("/etc/motd", "old\n", mode: 0o644)
    return engine
  }

  private func applier(_ engine: Engine) -> Applier {
    let now = engine.now
    return Applier(planner: engine.planner, tool: "0.1.0", clock: { now })
  }

  private func options(_ seconds: Int64) -> Applier.Options {
    var options = Applier.Options(window: TimeSpan(seconds: seconds), actor: actor)
    options.program = Program.path
    return options
  }

  private func apply(_ engine: Engine, seconds: Int64 = 300) throws -> Report {
    var plan = try engine.plan(controls(engine))
    plan.tool = "0.1.0"
    return try applier(engine).apply(
      plan, on: Host(root: engine.root.path), store: try engine.store(), options: options(seconds))
  }

  private func confirm(_ engine: Engine, sameSession: Bool = true) throws -> Report {
    try engine.unlocked {
      try applier(engine).confirm(
        on: Host(root: engine.root.path), store: try engine.store(), actor: actor,
        sameSession: sameSession)
    }
  }

  private func recover(_ engine: Engine, _ occasion: Recovery.Occasion) throws -> Report? {
    let now = engine.now
    return try engine.unlocked {
      try Recovery(tool: "0.1.0", clock: { now }).recover(
        on: Host(root: engine.root.path), store: try engine.store(), actor: actor, occasion)
    }
  }

  @Test func `a run waits, refuses others, and stays when it is confirmed`() throws {
    let engine = try engine()
    let before = engine.snapshot()
    let report = try apply(engine)
    #expect(report.ending == .waiting && report.until == engine.now + 300, "\(report)")
    #expect(engine.root.text("/etc/f") == "new\n")
    let history = try History(try engine.store())
    #expect(history.waiting?.isReady == true && history.inEffect == [])
    #expect {
      _ = try engine.apply(try engine.plan(controls(engine)))
    } throws: { error in
      (error as? Failure)?.exitCode == .locked && "\(error)".contains("waiting")
    }
    #expect(throws: Failure.self) { try recover(engine, .asked) }
    #expect(try recover(engine, .unconfirmed) == nil)
    #expect(try confirm(engine).ending == .applied)
    #expect(try History(try engine.store()).inEffect == [1])
    #expect(throws: Failure.nothingWaits) { _ = try confirm(engine) }
    let back = try engine.apply(try engine.rollback())
    #expect(back.ending == .rolledBack && engine.snapshot().differences(from: before) == [])
  }

  @Test func `given up or out of time, all of it is put back`() throws {
    for occasion in [Recovery.Occasion.givenUp, .unconfirmed] {
      let engine = try engine()
      let before = engine.snapshot()
      _ = try apply(engine, seconds: 300)
      if case .unconfirmed = occasion { try rewind(engine) }
      let report = try recover(engine, occasion)
      #expect(report?.ending == .reverted, "\(String(describing: report))")
      #expect(engine.snapshot().differences(from: before) == [])
      #expect(try History(try engine.store()).unfinished == nil)
    }
  }

  /// Ends the waiting run's time, as an extension that is over already.
  private func rewind(_ engine: Engine) throws {
    let store = try engine.store()
    let plan = try store.plan(of: 1)
    var run = try store.reopen(
      1, plan, try store.journalWithBytes(of: 1), on: Host(root: engine.root.path))
    try run.note(.extended(.init(deadline: Login.uptime, until: 0, actor: actor)))
  }

  @Test func `the guard that watches undoes it by itself`() throws {
    let engine = try engine()
    let before = engine.snapshot()
    _ = try apply(engine, seconds: 2)
    for _ in 0..<600 where engine.root.text("/etc/f") != nil { usleep(50_000) }
    for _ in 0..<200 where try History(try engine.store()).unfinished != nil { usleep(50_000) }
    #expect(engine.snapshot().differences(from: before) == [])
    let result = try engine.store().result(of: 1)
    #expect(result?.ending == .reverted, "\(String(describing: result))")
  }

  @Test func `a change meanwhile fails the confirmation, and what is ours is put back`() throws {
    let engine = try engine()
    _ = try apply(engine)
    engine.root.write("/etc/f", "theirs\n")
    let report = try confirm(engine)
    #expect(report.ending == .incomplete && report.failure?.contains("/etc/f") == true, "\(report)")
    #expect(engine.root.text("/etc/f") == "theirs\n" && engine.root.mode("/etc/motd") == 0o644)
  }

  @Test func `what would stop the guard is refused while it is needed`() throws {
    let engine = try engine()
    var plan = try engine.plan(controls(engine))
    plan.tool = "0.1.0"
    let apply = { (path: String, options: Applier.Options) in
      var plan = plan
      plan.steps.append(
        PlannedStep(
          .setMountAttributes(SetMountAttributes(path: path, before: [], after: [.noexec])), for: []
        ))
      return #expect(throws: Failure.self) {
        try applier(engine).apply(
          plan, on: Host(root: engine.root.path), store: try engine.store(), options: options)
      }.map { $0.sentences.joined() } ?? ""
    }
    // Steps that no resource asks for make a plan stale; the guard is asked for first.
    #expect(apply("/", options(300)).contains("noexec on / would stop the guard"))
    #expect(!apply("/", Applier.Options(actor: actor)).contains("guard"))
    #expect(!apply("/elsewhere", options(300)).contains("guard"))
  }

  @Test func `more time is given, and is what counts`() throws {
    let engine = try engine()
    _ = try apply(engine)
    let report = try engine.unlocked {
      try applier(engine).extend(
        by: TimeSpan(seconds: 3600), on: Host(root: engine.root.path), store: try engine.store(),
        actor: actor)
    }
    #expect(report.ending == .waiting && report.until == engine.now + 3600)
    let waiting = try #require(try History(try engine.store()).waiting)
    let left = try waiting.left(on: Host(root: engine.root.path))
    #expect(try #require(left).seconds > 3500)
    _ = try recover(engine, .givenUp)
  }

  @Test func `a login from before shows nothing`() throws {
    let engine = try engine()
    _ = try apply(engine)
    #expect {
      _ = try confirm(engine, sameSession: false)
    } throws: { error in
      (error as? Failure)?.sentences.joined().contains("log in again") == true
    }
    #expect(try History(try engine.store()).waiting?.isReady == true)
    _ = try recover(engine, .givenUp)
  }
}
