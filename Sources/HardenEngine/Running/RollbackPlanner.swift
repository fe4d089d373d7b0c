internal import HardenActuators
package import HardenModel
package import HardenSystem

/// Plans the undoing of runs.
///
/// A rollback is a plan like any other: it is previewed, applied,
/// journaled and can be rolled back itself; it needs no playbook.
package struct RollbackPlanner: Sendable {
  private let tool: String
  private let now: Int64

  /// A planner; `now` is seconds since 1970.
  package init(tool: String, now: Int64) {
    self.tool = tool
    self.now = now
  }

  /// What puts back what `runs` (newest first) changed, as far as nobody has changed it since.
  ///
  /// Each run's steps are undone newest first, each on the host as the undoing so far leaves it.
  /// `only` limits it to some controls or addresses.
  package func plan(
    undoing runs: [Int], only: [String] = [], conflicts policy: ConflictPolicy = .keep,
    on host: borrowing Host, store: borrowing RunStore, history: History
  ) throws(Failure) -> Plan {
    let identity = try asFailure { () throws(SystemError) in try HostIdentity(of: host) }
    var plan = Plan(kind: .rollback, tool: tool, created: now, host: identity)
    plan.selection.only = only
    plan.undoes = runs
    plan.conflicts = policy
    var undoing = Undoing(
      planned: try asFailure { () throws(SystemError) in try host.fresh() }, policy: policy)
    for run in runs {
      let record = try RunRecord(run, store)
      plan.playbooks += record.plan.playbooks.filter { !plan.playbooks.contains($0) }
      let held = history.held(by: run).filter { RunRecord.matches($0.address, $0.control, only) }
      try undoing.add(record, only: only, store: store)
      plan.orphans += held.filter { !undoing.kept.contains($0.address) }.map {
        Orphan($0.address, playbook: $0.playbook, control: $0.control, run: run)
      }
    }
    try undoing.settle(store)
    undoing.fill(&plan)
    plan.id = PlanIdentity.id(of: plan)
    return plan
  }

  /// Adds to `plan` what puts back its orphans.
  package func prune(
    _ plan: inout Plan, on host: borrowing Host, store: borrowing RunStore
  ) throws(Failure) {
    guard !plan.orphans.isEmpty else { return }
    plan.kind = .prune
    let contents = plan.contents.values.map { (Digest(of: $0.raw), $0.raw) }
    let steps = plan.steps.map(\.step)
    var undoing = Undoing(
      planned: try asFailure { () throws(SystemError) in
        try host.after(steps, contents: Dictionary(contents) { first, _ in first })
      }, policy: plan.conflicts)
    for run in Set(plan.orphans.map(\.run)).sorted(by: >) {
      let addresses = plan.orphans.filter { $0.run == run }.map(\.address.description)
      try undoing.add(try RunRecord(run, store), only: addresses, store: store)
    }
    plan.orphans.removeAll { undoing.kept.contains($0.address) }
    try undoing.settle(store)
    undoing.fill(&plan)
    plan.id = PlanIdentity.id(of: plan)
  }

  /// The same plan made again on the host as it is now.
  func renewed(
    _ plan: Plan, planner: Planner, on host: borrowing Host, store: borrowing RunStore,
    history: History
  ) throws(Failure) -> Plan {
    if plan.kind == .rollback {
      return try self.plan(
        undoing: plan.undoes, only: plan.selection.only, conflicts: plan.conflicts, on: host,
        store: store, history: history)
    }
    var renewed = try planner.renewed(plan, on: host, history: history)
    try prune(&renewed, on: host, store: store)
    return renewed
  }
}

/// What a finished run left on record.
struct RunRecord {
  let run: Int
  let plan: Plan
  let before: [Int: Image]
  let after: [Int: Image]

  init(_ run: Int, _ store: borrowing RunStore) throws(Failure) {
    self.run = run
    plan = try store.plan(of: run)
    let journal = try store.journal(of: run)
    (before, after) = Self.images(journal.records)
  }

  static func images(_ records: [JournalRecord]) -> (before: [Int: Image], after: [Int: Image]) {
    var images: (before: [Int: Image], after: [Int: Image]) = ([:], [:])
    for record in records {
      switch record {
      case .intent(let intent): images.before[intent.step] = intent.before
      case .done(let done): images.after[done.step] = done.after
      default: break
      }
    }
    return images
  }

  /// Whether `words` name the address or the control; no words name everything.
  static func matches(_ address: Address, _ control: String, _ words: [String]) -> Bool {
    words.isEmpty || words.contains(address.description) || words.contains(control)
  }
}
