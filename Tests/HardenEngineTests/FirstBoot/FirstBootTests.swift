import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenEngine

/// An image below a directory, then the same files as the host of a kernel that has a network of its
/// own: what boots finds its parameters as the kernel has them.
@Suite(.enabled(if: Namespace.isAvailable)) struct FirstBootTests {
  private let engine: Engine
  private let key = "net.ipv4.conf.all.log_martians"

  init() throws {
    engine = try Engine()
    engine.root.makeDirectory("/etc/sysctl.d")
  }

  private func martians(_ value: String, playbook: String = "p") -> Control {
    engine.control("martians", "sysctl", ["key": key, "value": value], playbook: playbook)
  }

  private var banner: Control {
    engine.control("banner", "file", ["path": "/etc/banner", "content": "x\n", "mode": "0644"])
  }

  /// The work that the image has left, on the host that boots from it.
  private func work() throws -> FirstBoot.Work? {
    let engine = engine
    return try Namespace.run {
      try Namespace.bind(engine.root.outside("/etc"), at: "/etc")
      let store = try engine.store()
      return try FirstBoot(planner: engine.planner).work(
        on: Host(), store: store, history: History(store))
    }
  }

  @Test func `live halves are left to the boot, files are not`() throws {
    let plan = try engine.plan([martians("1"), banner])
    #expect(plan.leftToBoot?.map(\.address.name) == [key])
    let report = try engine.apply(plan, accepted: ["martians"])
    #expect(report.leftToBoot == 1)
    #expect(try engine.store().leftToFirstBoot() == [1])
    let work = try #require(try self.work())
    #expect(work.plan.steps.map(\.step.target) == [key], "the file is there already")
    #expect(work.plan.kind == .apply && work.plan.host.root == "/")
    #expect(work.accepted == ["martians"])
  }

  @Test func `what only a running host can tell is asked again there`() throws {
    let conditions: [(String, Condition)] = [
      ("other", .test(.selinux, values: ["enforcing"])),
      ("martians", .test(.kernel, values: [">=1.0"])),
    ]
    let controls = conditions.map { id, condition in
      engine.control(
        id, "sysctl", ["key": id == "other" ? "net.ipv4.conf.all.rp_filter" : key, "value": "1"],
        condition: condition)
    }
    let plan = try engine.plan(controls + [banner])
    #expect(plan.controls.prefix(2).allSatisfy { $0.verdict == .unmeasured })
    try engine.apply(plan)
    let left = try #require(try self.work())
    #expect(left.plan.controls.map(\.verdict) == [.notApplicable, .differs])
  }

  @Test func `what was rolled back, whole or in part, is not done`() throws {
    let other = engine.control(
      "other", "sysctl", ["key": "net.ipv4.conf.all.rp_filter", "value": "2"])
    try engine.apply(engine.plan([martians("1"), other]))
    try engine.apply(engine.rollback(only: ["other"]))
    let left = try #require(try self.work())
    let targets = left.plan.steps.map(\.step.target)
    #expect(targets == [key])
    try engine.apply(engine.rollback([1]))
    #expect(try work()?.accepted == nil)
  }

  @Test func `a later run of the image has the last word`() throws {
    try engine.apply(engine.plan([martians("1")]))
    try engine.apply(engine.plan([martians("0")]))
    #expect(try engine.store().leftToFirstBoot() == [1, 2])
    #expect(try #require(try work()).plan.isEmpty, "a new network has 0")
  }

  @Test func `an image cannot complete itself, and a host that runs leaves nothing`() throws {
    try engine.apply(engine.plan([martians("1")]))
    let engine = engine
    #expect(throws: Failure.self) {
      let store = try engine.store()
      _ = try FirstBoot(planner: engine.planner).work(
        on: Host(root: engine.root.path), store: store, history: History(store))
    }
    let answer = try Namespace.run {
      try engine.planner.plan(engine.baseline([self.martians("1")]), on: Host(), history: History())
    }
    guard case .plan(let plan) = answer else { return }
    #expect(plan.leftToBoot == nil)
  }
}
