import Glibc
import HardenCore
import HardenModel
import HardenResources
import HardenSystem
import HardenTestSupport

@testable import HardenEngine

/// The engine on a root of its own: plans, applies, rolls back and recovers with the real kinds.
final class Engine {
  let root: TemporaryRoot
  var now: Int64 = 1_800_000_000

  init() throws { root = try TemporaryRoot() }

  deinit { TemporaryRoot.remove(statePath) }

  var statePath: String { root.path + ".state" }

  func store(_ calls: Calls = .kernel) throws -> RunStore {
    RunStore(try StateDirectory.create(statePath, calls: calls))
  }

  /// A control with one resource; `fields` are those of the kind.
  func control(
    _ id: String, _ kind: String, _ fields: KeyValuePairs<String, String>, line: Int = 1,
    after: [String] = [], playbook: String = "p", condition: Condition? = nil
  ) -> Control {
    let at = SourceRange(file: "\(playbook).yaml", line: line, column: 1)
    let entries = fields.map {
      Node.Entry(key: $0.key, keyRange: at, value: Node(.scalar($0.value, quoted: true), at: at))
    }
    var reader = Fields(Node(.mapping(entries), at: at), of: kind, reading: Reading())
    let desired = catalog.kind(kind)?.read(&reader) ?? []
    let problems = reader.finish().diagnostics
    precondition(problems.isEmpty, "\(problems)")
    return Control(
      id: id, playbook: playbook, condition: condition, after: after,
      resources: desired.map {
        Resource($0, owner: Owner(playbook: playbook, control: id), at: at)
      },
      at: at)
  }

  func baseline(_ controls: [Control], waivers: [Waiver] = []) -> Baseline {
    Baseline(
      playbooks: [controls.first?.playbook ?? "p"], sources: [], controls: controls,
      waivers: waivers)
  }

  var planner: Planner {
    Planner(
      catalog: Catalog(catalog.kinds + [Latch.self], later: catalog.later), tool: "t", now: now)
  }

  func answer(_ controls: [Control], waivers: [Waiver] = [], selection: Selection = Selection())
    throws
    -> Planner.Answer
  {
    try planner.plan(
      baseline(controls, waivers: waivers), selection: selection, on: Host(root: root.path),
      history: History(try store()))
  }

  func plan(_ controls: [Control], selection: Selection = Selection()) throws -> Plan {
    switch try answer(controls, selection: selection) {
    case .plan(let plan): return plan
    case .mistakes(let mistakes): throw Mistakes(mistakes: mistakes)
    }
  }

  struct Mistakes: Error { var mistakes: [Diagnostic] }

  @discardableResult
  func apply(_ plan: Plan, calls: Calls = .kernel, accepted: [String] = []) throws -> Report {
    let now = now
    return try unlocked {
      try Applier(planner: planner, tool: "t", clock: { now }).apply(
        plan, on: Host(root: root.path), store: try store(calls),
        options: .init(
          accepted: accepted, actor: Actor(login: nil, session: nil, user: 0, command: [])))
    }
  }

  func rollback(_ runs: [Int]? = nil, only: [String] = [], conflicts: ConflictPolicy = .keep) throws
    -> Plan
  {
    let store = try store()
    let history = try History(store)
    return try RollbackPlanner(tool: "t", now: now).plan(
      undoing: runs ?? Array(history.inEffect.prefix(1)), only: only, conflicts: conflicts,
      on: Host(root: root.path), store: store, history: history)
  }

  func recover() throws -> Report? {
    try unlocked { try recoverOnce() }
  }

  /// A program that another test starts holds the lock's descriptor until it has been started.
  func unlocked<Value>(_ body: () throws -> Value) throws -> Value {
    for _ in 0..<50 {
      do { return try body() } catch Failure.locked { usleep(10_000) }
    }
    return try body()
  }

  private func recoverOnce() throws -> Report? {
    let now = now
    return try Recovery(tool: "t", clock: { now }).recover(
      on: Host(root: root.path), store: try store(),
      actor: Actor(login: nil, session: nil, user: 0, command: []))
  }

  func snapshot() -> TreeSnapshot { TreeSnapshot(root.path) }
}
