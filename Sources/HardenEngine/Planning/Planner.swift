package import HardenCore
package import HardenModel
package import HardenSystem

/// Makes plans.
///
/// It reads and never writes: it is given hosts that have no operation for it.
package struct Planner: Sendable {
  private let catalog: Catalog
  private let tool: String
  private let now: Int64

  /// A planner for `catalog`; `tool` is the version of harden, `now` seconds since 1970.
  package init(catalog: Catalog, tool: String, now: Int64) {
    self.catalog = catalog
    self.tool = tool
    self.now = now
  }

  /// What planning comes to.
  package enum Answer: Sendable {
    /// A plan, proved to converge.
    case plan(Plan)
    /// The playbooks contradict themselves or each other.
    case mistakes([Diagnostic])
  }

  /// What a plan is made for: one that is only shown does not write its resources down.
  package enum Purpose: Sendable { case showing, applying }

  /// What would bring `host` to what `baseline` asks for.
  package func plan(
    _ baseline: Baseline, selection: Selection = Selection(), for purpose: Purpose = .applying,
    on host: borrowing Host, history: History
  ) throws(Failure) -> Answer {
    do throws(SystemError) {
      let host = try host.snapshot()
      var plan = Plan(kind: .apply, tool: tool, created: now, host: try HostIdentity(of: host))
      plan.playbooks = baseline.playbooks
      plan.sources = baseline.sources
      plan.selection = selection
      plan.canary = baseline.canary
      let today = CalendarDay.text(of: now)
      let chosen = Selected(
        baseline.controls.inOrder, selection, waivers: baseline.waivers, today: today)
      let work = try Convergence(chosen.askers, manual: chosen.manual, on: host)
      guard work.diagnostics.isEmpty else { return .mistakes(work.diagnostics) }

      let fill = PlanFilling(work: work, history: history)
      let clashes = fill.clashes(with: baseline.playbooks)
      guard clashes.isEmpty else { return .mistakes(clashes) }
      try fill.fill(&plan, askers: chosen.askers, on: host)
      let references = Dictionary(baseline.controls.map { ($0.id, $0.refs) }) { first, _ in first }
      for index in plan.changes.indices {
        plan.changes[index].refs = references[plan.changes[index].control] ?? [:]
      }
      let found = Dictionary(grouping: work.findings) { $0.resource.owner.control }
      let drifted = Set(plan.drift.map(\.control))
      plan.controls = baseline.controls.filter(chosen.isSelected).map {
        verdict(on: $0, chosen, work, found[$0.id] ?? [], isDrifted: drifted.contains($0.id))
      }
      plan.resources = try chosen.askers.filter { work.isApplicable($0) }.map {
        asker throws(SystemError) in try record(asker, for: purpose)
      }
      if !host.isLive { plan.leftToBoot = try deferred(chosen.askers, work, for: purpose) }
      plan.orphans = try orphans(baseline, on: host, history)
      addObstacles(to: &plan, baseline, chosen)
      if let unknown = history.unknown {
        plan.warnings.append("earlier runs cannot be read, so drift is not known: \(unknown)")
      }
      if let run = history.unfinished {
        plan.warnings.append(
          history.waiting?.isReady == true
            ? "run \(run) waits to be confirmed; nothing else can be applied until then"
            : "run \(run) was begun and never ended: harden recover")
      }
      plan.id = PlanIdentity.id(of: plan)
      return .plan(plan)
    } catch { throw .system(error) }
  }

  /// The same plan made again from what it says it wants, on the host as it is now.
  ///
  /// Equal changes and steps mean that nothing that the plan depends on has moved.
  package func renewed(_ plan: Plan, on host: borrowing Host, history: History) throws(Failure)
    -> Plan
  {
    try again(plan, on: host, history).plan
  }

  private func again(_ plan: Plan, on host: borrowing Host, _ history: History) throws(Failure)
    -> (plan: Plan, findings: [Convergence.Finding])
  {
    let askers = try plan.resources.map { record throws(Failure) in try asker(record) }
    let work = try asFailure { () throws(SystemError) in try Convergence(askers, on: host) }
    guard work.diagnostics.isEmpty else { throw .stale(work.diagnostics.map(\.message)) }
    var renewed = plan
    try asFailure { () throws(SystemError) in
      try PlanFilling(work: work, history: history).fill(&renewed, askers: askers, on: host)
    }
    renewed.id = PlanIdentity.id(of: renewed)
    return (renewed, work.findings)
  }

  /// What runs in effect hold, compared with `host`: `held` made again, and a verdict on each of its
  /// controls, of which only the names are known.
  package func compared(_ held: Plan, with host: borrowing Host, history: History) throws(Failure)
    -> Plan
  {
    let (renewed, findings) = try again(held, on: host, history)
    var plan = renewed
    let found = Dictionary(grouping: findings) { $0.resource.owner }
    var seen: Set<Owner> = []
    plan.controls = findings.map(\.resource).filter { seen.insert($0.owner).inserted }.map {
      first in
      let mine = found[first.owner] ?? []
      let (verdict, reason) = Self.judge(mine, isDrifted: true)
      return ControlVerdict(
        id: first.owner.control, playbook: first.owner.playbook, title: first.owner.control,
        at: first.at, verdict: verdict, reason: reason, resources: mine.map(\.resource.address))
    }
    return plan
  }

  private func asker(_ record: ResourceRecord) throws(Failure) -> Convergence.Asker {
    guard let kind = catalog.kind(record.address.kind) else {
      throw .unreadable(
        "the plan has a resource of kind '\(record.address.kind)', which this harden lacks")
    }
    func decode<Kind: ResourceKind>(_: Kind.Type) throws(Failure) -> any ResourceKind {
      do { return try JSON.decode(record.desired.raw) as Kind } catch {
        throw .unreadable("the plan's \(record.address) cannot be understood")
      }
    }
    return Convergence.Asker(
      resource: Resource(
        try decode(kind), owner: Owner(playbook: record.playbook, control: record.control),
        at: record.at),
      after: record.after, condition: nil)
  }

  private func record(_ asker: Convergence.Asker, for purpose: Purpose) throws(SystemError)
    -> ResourceRecord
  {
    func encode(_ desired: some ResourceKind) throws(SystemError) -> [UInt8] {
      guard purpose == .applying else { return [] }
      do { return try JSON.encode(desired) } catch {
        throw SystemError(refusing: "\(desired.address)", "it cannot be written down: \(error)")
      }
    }
    let resource = asker.resource
    return ResourceRecord(
      resource.address, playbook: resource.owner.playbook, control: resource.owner.control,
      at: resource.at, desired: Bytes(try encode(resource.desired)), after: asker.after)
  }
}

// MARK: - Images

extension Planner {
  /// What an image leaves to its first boot: live halves, and what only a running host can tell.
  private func deferred(
    _ askers: [Convergence.Asker], _ work: Convergence, for purpose: Purpose
  ) throws(SystemError) -> [ResourceRecord] {
    var unmeasured: Set<Address> = []
    for finding in work.findings {
      if case .unmeasured = finding.observation.standing {
        unmeasured.insert(finding.resource.address)
      }
    }
    var records: [ResourceRecord] = []
    for asker in askers {
      let condition = asker.condition.flatMap { _ in
        work.conditions[asker.resource.owner.control]
      }
      if case .fails? = condition { continue }
      var isOpen = unmeasured.contains(asker.resource.address)
      if case .unmeasured? = condition { isOpen = true }
      guard isOpen || type(of: asker.resource.desired).manual.hasLiveHalf else { continue }
      var record = try record(asker, for: purpose)
      record.condition = asker.condition
      records.append(record)
    }
    return records
  }

  /// The resource that was written down as `record`.
  func resource(_ record: ResourceRecord) throws(Failure) -> Resource {
    try asker(record).resource
  }
}

// MARK: - Verdicts, orphans, obstacles

extension Planner {
  private func verdict(
    on control: Control, _ chosen: Selected, _ work: Convergence,
    _ found: [Convergence.Finding], isDrifted: Bool
  ) -> ControlVerdict {
    let (verdict, reason) = judge(control, chosen, work, found, isDrifted: isDrifted)
    return ControlVerdict(
      id: control.id, playbook: control.playbook, title: control.title, why: control.why,
      at: control.at, refs: control.refs, severity: control.severity, tags: control.tags,
      verdict: verdict, reason: reason, resources: found.map(\.resource.address))
  }

  private func judge(
    _ control: Control, _ chosen: Selected, _ work: Convergence, _ found: [Convergence.Finding],
    isDrifted: Bool
  ) -> (Verdict, String?) {
    if let waiver = chosen.waiver(of: control) {
      let ticket = waiver.ticket.map { ", \($0)" } ?? ""
      return (.waived, "until \(waiver.until), owner \(waiver.owner)\(ticket): \(waiver.reason)")
    }
    switch work.conditions[control.id] {
    case .fails(let why): return (.notApplicable, why)
    case .unmeasured(let why): return (.unmeasured, why)
    case .holds, nil: break
    }
    if let text = control.manual, control.resources.isEmpty { return (.manual, text) }
    return Self.judge(found, isDrifted: isDrifted)
  }

  /// What was found of the resources of one control.
  private static func judge(_ found: [Convergence.Finding], isDrifted: Bool) -> (Verdict, String?) {
    var lacking: [String] = []
    var unmeasured: String?
    var differs = false
    var awaited: PlaneState.Event?
    var refusal: String?
    var unmet: [String] = []
    for finding in found {
      switch finding.observation.standing {
      case .measured:
        differs = differs || finding.observation.differs
        awaited = awaited ?? finding.observation.awaits
      case .refused(let why): refusal = refusal ?? why
      case .unmet: unmet.append("\(finding.resource.address)")
      case .unmeasured(let why): unmeasured = unmeasured ?? why
      case .notApplicable(let why): lacking.append(why)
      }
    }
    if differs || refusal != nil || !unmet.isEmpty {
      let left =
        unmet.isEmpty
        ? nil : "nothing that harden can change: \(unmet.joined(separator: ", "))"
      return (isDrifted ? .drifted : .differs, refusal ?? left)
    }
    if let unmeasured { return (.unmeasured, unmeasured) }
    if let awaited { return (.pending, "done, and waits for the next \(awaited.rawValue)") }
    if !lacking.isEmpty, lacking.count == found.count { return (.notApplicable, lacking[0]) }
    return (.holds, nil)
  }

  /// What runs in effect hold for these playbooks and nobody asks for any more.
  private func orphans(_ baseline: Baseline, on host: borrowing Host, _ history: History)
    throws(SystemError) -> [Orphan]
  {
    let held = history.held(for: Array(Set(baseline.controls.map(\.playbook) + baseline.playbooks)))
    guard !held.isEmpty else { return [] }
    var asked: Set<Address> = []
    for resource in baseline.controls.flatMap(\.resources) {
      func open(_ desired: some ResourceKind) throws(SystemError) {
        for instance in try desired.instances(on: host) { asked.insert(instance.address) }
      }
      try open(resource.desired)
    }
    return held.filter { !asked.contains($0.address) }
  }

  private func addObstacles(to plan: inout Plan, _ baseline: Baseline, _ chosen: Selected) {
    for change in plan.refused {
      plan.obstacles.append(
        Obstacle(
          .refusal, change.control,
          "\(change.address) is refused: \(change.refusal ?? ""); put it right, or leave the control "
            + "out: --except \(change.control)"))
    }
    let risky = Set(baseline.controls.filter(\.isRisky).map(\.id))
    for control in risky.intersection(plan.pending.map(\.control)).sorted() {
      plan.obstacles.append(
        Obstacle(
          .risk, control, "\(control) has a high risk: accept it with --accept-risk \(control)"))
    }
    for change in plan.pending where change.reversibility == .none {
      plan.obstacles.append(
        Obstacle(
          .irreversible, change.address.description,
          "\(change.address) cannot be undone: accept it with --accept-irreversible \(change.address)"
        ))
    }
    for waiver in chosen.expired {
      plan.warnings.append(
        "the waiver of \(waiver.control) expired on \(waiver.until) (\(waiver.at))")
      plan.obstacles.append(
        Obstacle(
          .waiver, waiver.control,
          "the waiver of \(waiver.control) expired on \(waiver.until); renew or remove it"))
    }
    if plan.resources.isEmpty, plan.leftToBoot?.isEmpty ?? true {
      plan.obstacles.append(
        Obstacle(.nothing, "", "no control applies here, so nothing was checked"))
    }
  }
}

extension Convergence {
  /// Whether the control's condition came out true, so that its resources count.
  func isApplicable(_ asker: Asker) -> Bool {
    asker.condition == nil || conditions[asker.resource.owner.control] == .holds
  }
}
