package import HardenModel
package import HardenSystem

/// Carries out plans: the only way from a plan to a changed host.
///
/// Its one input is a plan. Under the lock it makes the plan again and refuses it when anything that
/// it depends on has moved; then it begins a run, does the steps, and proves the result by observing
/// everything again.
package struct Applier {
  let planner: Planner
  let tool: String
  let clock: @Sendable () -> Int64

  /// An applier; `clock` gives seconds since 1970.
  package init(planner: Planner, tool: String, clock: @escaping @Sendable () -> Int64) {
    self.planner = planner
    self.tool = tool
    self.clock = clock
  }

  /// What whoever starts a run decides.
  package struct Options: Sendable {
    /// Whether a failure puts everything back; otherwise the run stops where it is.
    package var rollsBack: Bool
    /// Controls and addresses whose obstacles are accepted by name.
    package var accepted: [String]
    /// How long the run may stay unconfirmed before it undoes itself; nil needs no confirmation.
    package var window: TimeSpan?
    /// What a reboot within that time means.
    package var onReboot: OnReboot
    /// The plan as it was read, so that its bytes are not made again.
    package var written: [UInt8]?
    /// The program that the guard of such a run is a copy of.
    package var program = "/proc/self/exe"
    /// Who starts it.
    package var actor: Actor

    /// Options; see the properties.
    package init(
      rollsBack: Bool = true, accepted: [String] = [], window: TimeSpan? = nil,
      onReboot: OnReboot = .revert, written: [UInt8]? = nil, actor: Actor
    ) {
      self.window = window
      self.onReboot = onReboot
      self.written = written
      self.rollsBack = rollsBack
      self.accepted = accepted
      self.actor = actor
    }
  }

  /// Carries out `plan` on `host`; `progress` hears of each step as it ends.
  ///
  /// Throws before anything was touched; once a run has begun, the report says what became of it.
  package func apply(
    _ plan: Plan, on host: consuming Host, store: borrowing RunStore, options: Options,
    progress: (Report.Entry) -> Void = { _ in }
  ) throws(Failure) -> Report {
    guard let lock = try store.lock() else { throw .locked }
    let history = try History(store)
    try history.requireEnded(on: host)
    let identity = try asFailure { () throws(SystemError) in try HostIdentity(of: host) }
    try check(plan, for: identity, history, options)
    if options.window != nil { try requireGuard(plan, options, on: host, store) }
    try requireFresh(plan, on: host, store: store, history, options)

    let began = clock()
    let terms = options.window.flatMap { span in
      plan.steps.isEmpty
        ? nil
        : ConfirmTerms(
          boot: identity.boot, began: Login.uptime, now: began, span: span,
          onReboot: options.onReboot)
    }
    var run = try store.begin(
      plan, header: .init(tool: tool, machine: identity.machine, boot: identity.boot),
      actor: options.actor, at: began, confirm: terms, written: options.written, on: host)
    let writable = run.open(host, under: lock)
    let telling = Telling(
      verb: plan.kind.rawValue, run: run.number, plan: plan, actor: options.actor)
    telling.began(on: writable)
    let post = Guard(run: run.number, program: options.program)
    let waiting = terms.map { plan.waitingSteps($0.onReboot) } ?? []
    var failure: StepFailure?
    do throws(StepFailure) {
      if let terms { try arm(post, terms, on: writable, store: store) }
      let final = plan.finalSteps.subtracting(waiting)
      let now = plan.steps.indices.filter { !waiting.contains($0) && !final.contains($0) }
      try run.perform(now, on: writable, store: store, progress: progress)
      let later = terms.map { terms in { (plan: Plan) in plan.waitingSteps(terms.onReboot) } }
      try verify(
        plan, &run, on: writable.host, but: later ?? (final.isEmpty ? nil : \.finalSteps), history)
      if !plan.steps.isEmpty { try run.askCanary(on: writable) }
      if !final.isEmpty {
        try run.perform(final.sorted(), on: writable, store: store, progress: progress)
        try verify(plan, &run, on: writable.host, history)
      }
      if terms != nil {
        try run.wait(for: waiting, at: clock())
      } else {
        try close(plan, &run, .done, began: began, store: store, options, history)
      }
    } catch { failure = error }
    guard let failure else {
      var report = report(plan, run, ending: terms == nil ? ending(plan) : .waiting)
      (report.until, report.onReboot) = (terms?.until, terms?.onReboot)
      report.isGuardMortal = terms != nil && !writable.host.hasServiceManager
      telling.ended(report, on: writable)
      return report
    }
    let report = turnRound(
      plan, &run, failure, began: began, on: writable, store: store, options, history, progress)
    if let terms { try? post.disarm(terms, on: writable) }
    telling.ended(report, on: writable)
    return report
  }

  private func arm(
    _ post: Guard, _ terms: ConfirmTerms, on host: borrowing WritableHost, store: borrowing RunStore
  ) throws(StepFailure) {
    post.hush(on: host)
    do throws(SystemError) { try post.arm(terms, tool: tool, on: host, store: store) } catch {
      throw StepFailure(step: nil, error: error)
    }
  }

  // MARK: Before anything is touched

  private func check(
    _ plan: Plan, for host: HostIdentity, _ history: History, _ options: Options
  ) throws(Failure) {
    guard plan.tool == tool else {
      throw .refused(["the plan was made by harden \(plan.tool), this is \(tool); make a new one"])
    }
    guard plan.host.machine == host.machine, plan.host.root == host.root else {
      throw .refused([
        "the plan was made for \(plan.host.name) (root \(plan.host.root)), this is \(host.name) (root \(host.root))"
      ])
    }
    guard clock() < plan.expires else {
      throw .refused(["the plan is older than a day; make a new one"])
    }
    if let run = history.run(using: plan) {
      throw .refused(["the plan was used by run \(run); a plan is good for one run"])
    }
    try requireClear(plan, options)
  }

  /// Refuses a plan with obstacles that nobody has accepted, or that nobody can.
  private func requireClear(_ plan: Plan, _ options: Options) throws(Failure) {
    let left = plan.obstacles.filter { obstacle in
      [.refusal, .waiver, .nothing, .conflict].contains(obstacle.kind)
        || !options.accepted.contains(obstacle.subject)
          && !(obstacle.kind == .risk && options.window != nil)
    }
    guard left.isEmpty else { throw .refused(left.map(\.message)) }
  }

  /// Refuses a plan after which the guard's copy of harden could not be executed any more, and one
  /// whose canary nobody would ask.
  private func requireGuard(
    _ plan: Plan, _ options: Options, on host: borrowing Host, _ store: borrowing RunStore
  ) throws(Failure) {
    if options.onReboot == .probe, let change = plan.changes.first(where: Self.isGoneByReboot) {
      throw .refused([
        "\(change.address) holds in the running kernel alone, so a reboot would take it away and the run "
          + "would be undone",
        "apply that part by itself, or leave out --on-reboot probe",
      ])
    }
    if options.onReboot == .probe, host.isLive, !host.hasServiceManager {
      throw .refused([
        "nothing would ask the canary after a reboot: no systemd runs here",
        "leave out --on-reboot probe",
      ])
    }
    let folder = store.state.path
    for case .setMountAttributes(let order) in plan.steps.map(\.step)
    where order.after.contains(.noexec) && !order.before.contains(.noexec) {
      guard order.path == "/" || "\(folder)/".hasPrefix("\(order.path)/") else { continue }
      throw .refused([
        "noexec on \(order.path) would stop the guard, which is below \(folder): nothing could undo the run",
        "apply that part by itself and without --confirm-within, or keep runs elsewhere: --state DIR",
      ])
    }
  }

  private static func isGoneByReboot(_ change: Change) -> Bool {
    [.create, .update, .remove].contains(change.action)
      && change.planes.allSatisfy { $0.plane == .now }
  }

  /// Makes the plan again under the lock; any difference means that the host has moved.
  ///
  /// What would break is looked for again as well: a process may have begun since.
  private func requireFresh(
    _ plan: Plan, on host: borrowing Host, store: borrowing RunStore, _ history: History,
    _ options: Options
  ) throws(Failure) {
    let renewed: Plan =
      switch plan.kind {
      case .apply: try planner.renewed(plan, on: host, history: history)
      case .prune, .rollback:
        try RollbackPlanner(tool: tool, now: plan.created).renewed(
          plan, planner: planner, on: host, store: store, history: history)
      }
    guard renewed.id != plan.id || renewed.steps.map(\.step) != plan.steps.map(\.step) else {
      return try requireClear(renewed, options)
    }
    throw .stale(Self.moved(from: plan, to: renewed))
  }

  /// One sentence for each thing that is not as it was planned.
  static func moved(from old: Plan, to new: Plan) -> [String] {
    let before = Dictionary(old.changes.map { ($0.address, $0) }) { first, _ in first }
    let after = Dictionary(new.changes.map { ($0.address, $0) }) { first, _ in first }
    var sentences: [String] = []
    for address in Set(before.keys).union(after.keys).sorted() {
      switch (before[address], after[address]) {
      case (let old?, let new?):
        for (was, now) in zip(old.planes, new.planes) where was != now {
          sentences.append(
            "\(address): \(was.plane.rawValue.uppercased()) was \(was.observed ?? "absent"), is \(now.observed ?? "absent")"
          )
        }
      case (_?, nil): sentences.append("\(address): it is as wanted now")
      case (nil, _?): sentences.append("\(address): it was as wanted, and is not any more")
      case (nil, nil): break
      }
    }
    return sentences.isEmpty ? ["the steps would be others now"] : sentences
  }

  // MARK: After the last step

  /// Observes everything again: a later step may have undone an earlier one.
  ///
  /// What is left to do while the run has not come to its end are `later` steps and no others.
  func verify(
    _ plan: Plan, _ run: inout Run, on host: borrowing Host,
    but later: ((Plan) -> Set<Int>)? = nil, _ history: History
  ) throws(StepFailure) {
    let left: [String]
    do throws(Failure) {
      let fresh = try asFailure { () throws(SystemError) in try host.fresh() }
      left =
        plan.kind == .rollback
        ? try run.unsettled(on: fresh)
        : try differing(plan, fresh, but: later, history)
    } catch {
      throw StepFailure(step: nil, error: SystemError(refusing: "verify", error.sentences[0]))
    }
    guard let first = left.first else { return }
    throw StepFailure(step: nil, error: SystemError(refusing: "verify", first))
  }

  private func differing(
    _ plan: Plan, _ host: borrowing Host, but later: ((Plan) -> Set<Int>)?, _ history: History
  ) throws(Failure) -> [String] {
    let renewed = try planner.renewed(plan, on: host, history: history)
    var awaited: Set<Address> = []
    if let deferred = later?(renewed) {
      let due = renewed.steps.indices.filter { !deferred.contains($0) }
      awaited = Set(deferred.flatMap { renewed.steps[$0].addresses })
        .subtracting(due.flatMap { renewed.steps[$0].addresses })
    }
    let unmet = Set(plan.unmet.map(\.address))
    let stepped = Set(renewed.steps.flatMap(\.addresses))
    return renewed.changes.filter { change in
      if change.action == .unmet { return !unmet.contains(change.address) }
      // What only other steps make so waits with them.
      if later != nil, change.refusal == nil, !stepped.contains(change.address) { return false }
      return change.refusal != nil || !awaited.contains(change.address)
    }.map { change in
      if let refusal = change.refusal { return "\(change.address): \(refusal)" }
      let plane = change.planes.first(where: \.differs)
      return "\(change.address) is not as wanted after the last step: "
        + "\(plane?.plane.rawValue.uppercased() ?? "") is \(plane?.observed ?? "absent"), wanted \(plane?.wanted ?? "absent")"
    }
  }

  func turnRound(
    _ plan: Plan, _ run: inout Run, _ failure: StepFailure, began: Int64,
    on host: borrowing WritableHost, store: borrowing RunStore, _ options: Options,
    _ history: History, _ progress: (Report.Entry) -> Void, restored: Report.Ending = .restored
  ) -> Report {
    let journalFailed = run.journalFailure != nil
    var ending = Report.Ending.incomplete
    if options.rollsBack || journalFailed {
      run.undo(
        because: "\(failure.error)", failed: failure.step, on: host, store: store,
        progress: progress)
      if run.isRestored { ending = restored }
    }
    var report = report(plan, run, ending: ending)
    report.failure = "\(failure.error)"
    report.journalFailed = journalFailed
    // An end that cannot be written leaves the run unfinished, and harden recover says so.
    try? close(
      plan, &run, .failed(ending, "\(failure.error)"), began: began, store: store, options, history)
    return report
  }

  // MARK: The end

  enum Close {
    case done
    case failed(Report.Ending, String)
  }

  func ending(_ plan: Plan) -> Report.Ending {
    if plan.kind == .rollback, plan.leavesConflicts { return .conflicts }
    if plan.steps.isEmpty { return .nothingToDo }
    return plan.kind == .rollback ? .rolledBack : .applied
  }

  func report(_ plan: Plan, _ run: borrowing Run, ending: Report.Ending) -> Report {
    var report = Report(run: run.number, ending: ending, entries: run.entries)
    report.probed = run.probed
    report.awaitsReboot = plan.awaitsReboot
    if plan.kind != .rollback { report.unmet = plan.unmet.map(\.address) }
    report.leftToBoot = plan.leftToBoot?.count ?? 0
    return report
  }

  func close(
    _ plan: Plan, _ run: inout Run, _ how: Close, began: Int64, store: borrowing RunStore,
    _ options: Options, _ history: History
  ) throws(StepFailure) {
    let (ending, failure): (Report.Ending, String?) =
      switch how {
      case .done: (self.ending(plan), nil)
      case .failed(let ending, let reason): (ending, reason)
      }
    do throws(SystemError) {
      if case .done = how, plan.leftToBoot?.isEmpty == false {
        try store.leaveToFirstBoot(run.number, accepted: options.accepted)
      }
      let ended = clock()
      try run.close(ending, at: ended)
      try store.finish(
        RunResult(
          run, plan, ending: ending, began: began, ended: ended, actor: options.actor,
          failure: failure, history))
    } catch { throw StepFailure(step: nil, error: error) }
  }
}
