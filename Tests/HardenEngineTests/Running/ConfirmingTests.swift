import Foundation
import Glibc
import HardenCore
import HardenModel
import HardenResources
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

  private func options(_ seconds: Int64, _ onReboot: OnReboot = .revert) -> Applier.Options {
    var options = Applier.Options(
      window: TimeSpan(seconds: seconds), onReboot: onReboot, actor: actor)
    options.program = Program.path
    return options
  }

  private func apply(_ engine: Engine, seconds: Int64 = 300, _ onReboot: OnReboot = .revert)
    throws -> Report
  {
    var plan = try engine.plan(controls(engine))
    plan.tool = "0.1.0"
    return try applier(engine).apply(
      plan, on: Host(root: engine.root.path), store: try engine.store(),
      options: options(seconds, onReboot))
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

  // MARK: After a reboot

  /// More than this machine has been up, so that a boot's time is not over before the test.
  private var long: Int64 { Login.uptime / 1000 + 600 }

  private func waiting(_ engine: Engine) throws -> Waiting? { try History(engine.store()).waiting }

  private func decide(_ engine: Engine) throws -> Report? {
    try engine.unlocked {
      try applier(engine).decide(
        on: Host(root: engine.root.path), store: try engine.store(), actor: actor)
    }
  }

  /// Waits until the guard that watches has done something.
  private func eventually(_ isSo: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<600 {
      if try isSo() { return true }
      usleep(50_000)
    }
    return false
  }

  @Test func `a reboot begins the time anew once, a second one ends it`() throws {
    let engine = try engine()
    let before = engine.snapshot()
    let span = long
    let report = try apply(engine, seconds: span, .probe)
    #expect(report.ending == .waiting && report.onReboot == .probe && !report.isRebooted)
    #expect(try decide(engine) == nil)
    try engine.startAgain(after: "a")
    #expect(try eventually { try waiting(engine)?.isRebooted == true })
    let terms = try #require(try waiting(engine)?.terms)
    #expect(terms.boot == nil && terms.began == 0 && terms.deadline == span * 1000)
    #expect(engine.root.text("/etc/f") == "new\n")
    try engine.startAgain(after: "b")
    #expect(try eventually { try History(engine.store()).unfinished == nil })
    #expect(try engine.store().result(of: 1)?.ending == .reverted)
    #expect(engine.snapshot().differences(from: before) == [])
  }

  @Test func `what the guard has not seen yet is counted by whoever comes first`() throws {
    for verb in ["recover", "confirm", "extend"] {
      let engine = try engine()
      _ = try apply(engine, seconds: long, .probe)
      try engine.startAgain(after: "a")
      switch verb {
      case "recover": _ = try recover(engine, .unconfirmed)
      // A login of this boot began after the run.
      case "confirm": #expect(try confirm(engine).ending == .applied)
      default:
        let report = try engine.unlocked {
          try applier(engine).extend(
            by: TimeSpan(seconds: 60), on: Host(root: engine.root.path),
            store: try engine.store(), actor: actor)
        }
        #expect(report.isRebooted && report.onReboot == .probe)
        let left = try waiting(engine)?.left(on: Host(root: engine.root.path))
        #expect((1...60).contains(try #require(left).seconds))
      }
      let records = try engine.store().journal(of: 1).records
      #expect(records.count { if case .rebooted = $0 { true } else { false } } == 1, "\(verb)")
      if verb != "confirm" { _ = try recover(engine, .givenUp) }
    }
  }

  @Test func `past its time in the new boot, and where it only reverts, a run is undone`() throws {
    for onReboot in OnReboot.allCases {
      let engine = try engine()
      let before = engine.snapshot()
      // The machine has been up for longer than that.
      _ = try apply(engine, seconds: onReboot == .probe ? 20 : long, onReboot)
      try engine.startAgain(after: "a")
      #expect(try decide(engine) == nil)
      #expect(try eventually { try History(engine.store()).unfinished == nil })
      #expect(try engine.store().result(of: 1)?.ending == .reverted)
      #expect(engine.snapshot().differences(from: before) == [])
    }
  }

  @Test func `a run that was interrupted before it waited gets no second time`() throws {
    let engine = try engine()
    let before = engine.snapshot()
    _ = try apply(engine, seconds: long, .probe)
    let store = try engine.store()
    var run = try store.reopen(
      1, try store.plan(of: 1), try store.journalWithBytes(of: 1), on: Host(root: engine.root.path))
    try run.note(.failed(.init(step: nil, reason: "interrupted")))
    try engine.startAgain(after: "a")
    #expect(try eventually { try History(engine.store()).unfinished == nil })
    #expect(engine.snapshot().differences(from: before) == [])
  }
}

/// The same on the running machine: a namespace in which the kernel tells of another boot.
@Suite(.serialized, .enabled(if: Namespace.isAvailable))
struct ConfirmingAfterRebootTests {
  private func decide(_ command: String, seconds: Int64 = 5) throws -> (Report?, String?) {
    try decide(
      CanaryProbe(
        id: "c", probe: .command(words: ["/bin/sh", "-c", command], user: "root"),
        timeout: TimeSpan(seconds: seconds), isRequired: true))
  }

  private func decide(_ probes: CanaryProbe...) throws -> (Report?, String?) {
    try Namespace.run {
      try Namespace.mountEmpty("/srv")
      try Namespace.mountEmpty("/run")
      let engine = try Engine()
      let actor = Actor(login: nil, session: nil, user: 0, command: [])
      let now = engine.now
      let applier = Applier(planner: engine.planner, tool: "0.1.0", clock: { now })
      let control = engine.control("f", "file", ["path": "/srv/f", "content": "new\n"])
      guard
        case .plan(var plan) = try engine.planner.plan(
          engine.baseline([control]), on: Host(), history: History())
      else { return (nil, nil) }
      plan.tool = "0.1.0"
      plan.canary = probes
      var options = Applier.Options(
        window: TimeSpan(seconds: Login.uptime / 1000 + 600), onReboot: .probe, actor: actor)
      options.program = Program.path
      // Nothing would ask the canary here.
      #expect {
        _ = try applier.apply(plan, on: Host(), store: try engine.store(), options: options)
      } throws: { error in
        (error as? Failure)?.exitCode == .refused && "\(error)".contains("no systemd runs here")
      }
      options.onReboot = .revert
      // In the boot of the run everything works.
      try Shell.run("touch /run/works")
      _ = try applier.apply(plan, on: Host(), store: try engine.store(), options: options)
      try Shell.run("rm /run/works; cat /proc/sys/kernel/random/uuid > /run/boot")
      try engine.startAgain(after: HostIdentity(of: Host()).boot ?? "", onReboot: .probe)
      try Namespace.bind("/run/boot", at: "/proc/sys/kernel/random/boot_id")
      let report = try engine.unlocked {
        try applier.decide(on: Host(), store: try engine.store(), actor: actor)
      }
      let said = try? String(contentsOfFile: "/run/motd.d/harden", encoding: .utf8)
      #expect((report?.ending == .applied) == FileManager.default.fileExists(atPath: "/srv/f"))
      return (report, said)
    }
  }

  @Test func `what a reboot takes away is refused where the canary decides after one`() throws {
    let said = try Namespace.run {
      try Namespace.mountEmpty("/srv")
      let engine = try Engine()
      let now = engine.now
      var control = engine.control("c", "file", ["path": "/srv/f", "state": "absent"])
      let key = SysctlKey(name: "net.ipv4.conf.all.accept_redirects")
      control.resources = [
        Resource(
          Sysctl(key, SysctlWanted("0"), isPersistent: false),
          owner: Owner(playbook: "p", control: "c"), at: control.at)
      ]
      guard
        case .plan(var plan) = try engine.planner.plan(
          engine.baseline([control]), on: Host(), history: History())
      else { return "" }
      plan.tool = "0.1.0"
      var options = Applier.Options(
        window: TimeSpan(seconds: 600), onReboot: .probe,
        actor: Actor(login: nil, session: nil, user: 0, command: []))
      options.program = Program.path
      do {
        _ = try Applier(planner: engine.planner, tool: "0.1.0", clock: { now })
          .apply(plan, on: Host(), store: try engine.store(), options: options)
        return "applied"
      } catch { return "\(error)" }
    }
    #expect(said.contains("holds in the running kernel alone"), "\(said)")
  }

  @Test func `a probe that holds confirms the run, also when it comes up late`() throws {
    let late = "[ -e /run/works ] || { echo >> /run/asked; [ $(wc -l < /run/asked) -ge 3 ]; }"
    let (report, said) = try decide(late)
    #expect(report?.ending == .applied && report?.probed.map(\.answer) == [.holds])
    #expect(
      said
        == "harden: run 1 holds after the reboot and was confirmed by its canary; see: harden status\n"
    )
  }

  @Test func `a required probe that fails undoes it, and the next login is told`() throws {
    let (report, said) = try decide("test -e /run/works", seconds: 2)
    #expect(report?.ending == .reverted && report?.failure?.contains("canary c") == true)
    #expect(
      said
        == "harden: run 1 did not hold after the reboot and has been undone; see: journalctl HARDEN_RUN=1\n"
    )
  }

  @Test func `what does not hold any more undoes it, though the canary does`() throws {
    let (report, _) = try decide("test -e /run/works || rm /srv/f")
    #expect(report?.probed.map(\.answer) == [.holds] && report?.ending == .reverted)
    #expect(report?.failure?.contains("/srv/f") == true, "\(String(describing: report))")
  }

  @Test func `probes that look at nothing here do not confirm it`() throws {
    let span = TimeSpan(seconds: 2)
    let (report, _) = try decide(
      CanaryProbe(id: "u", probe: .unit(name: "ssh.service"), timeout: span, isRequired: true),
      CanaryProbe(id: "w", probe: .writable(path: "/srv"), timeout: span, isRequired: false))
    #expect(
      report?.probed.map(\.answer) == [
        .notApplicable(reason: "no systemd runs here"), .holds,
      ])
    #expect(report?.ending == .reverted, "\(String(describing: report))")
    #expect(
      report?.failure
        == "canary: it has checked nothing: no probe that it requires applies here")
  }
}
