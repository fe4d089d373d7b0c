internal import HardenActuators
package import HardenModel
package import HardenSystem

/// Puts right a run that was begun and never ended, from what the host shows, not from what a torn
/// journal may say.
///
/// Every step is one of: as before (never begun, or put back already), as after (done), or neither
/// (somebody else's hand: shown and left alone). An apply is undone; a rollback is finished.
package struct Recovery {
  private let tool: String
  private let clock: @Sendable () -> Int64

  /// A recovery; `clock` gives seconds since 1970.
  package init(tool: String, clock: @escaping @Sendable () -> Int64) {
    self.tool = tool
    self.clock = clock
  }

  /// Puts right the unfinished run of `store`; nil when there is none.
  package func recover(
    on host: consuming Host, store: borrowing RunStore, actor: Actor,
    progress: (Report.Entry) -> Void = { _ in }
  ) throws(Failure) -> Report? {
    guard let lock = try store.lock() else { throw .locked }
    guard let number = try store.unfinished() else { return nil }
    let history = try History(store)
    let plan = try store.plan(of: number)
    let identity = try asFailure { () throws(SystemError) in try HostIdentity(of: host) }
    guard identity.machine == plan.host.machine else {
      throw .refused(["run \(number) belongs to another host (\(plan.host.name))"])
    }
    let (reading, bytes) = try store.journalWithBytes(of: number)
    guard case .begin(let begin)? = reading.records.first, begin.steps == plan.steps.count else {
      throw .corrupt(run: number, .record(reading.length))
    }
    let (before, after) = RunRecord.images(reading.records)
    // Intents are durable before the run has its number, so no crash tears them; a step with its own
    // was not begun before that was durable.
    guard
      plan.steps.indices.allSatisfy({
        before[$0] != nil || plan.steps[$0].step.hasOwnIntent
      })
    else {
      throw .corrupt(run: number, .record(reading.length))
    }

    let file = try asFailure { () throws(SystemError) in
      try store.state.reopen("runs/\(number)/journal", at: reading.length)
    }
    var run = Run(
      number, plan: plan, before: before, after: after, reached: plan.steps.count,
      journal: Journal(file, continuing: reading, bytes: bytes))
    let writable = run.open(host, under: lock)
    let ending: Report.Ending
    if let end = reading.records.last?.success, try run.unsettled(on: writable.host).isEmpty {
      // Only the result was missing. The host has to agree: a last record whose sync failed may
      // have been written all the same, and its run undone.
      ending = end
    } else if plan.kind == .rollback, !reading.records.contains(where: \.isTurn) {
      ending = finish(&run, plan, on: writable, store: store, progress)
      try close(&run, ending)
    } else {
      run.undo(
        because: "recovered", failed: nil, on: writable, store: store, progress: progress)
      ending = run.isRestored ? .recovered : .incomplete
      try close(&run, ending)
    }
    var report = Report(run: number, ending: ending, entries: run.entries)
    if ending == .incomplete {
      report.failure = "something is neither as before nor as after the run"
    }
    let result = RunResult(
      run, plan, ending: ending, began: begin.at, ended: clock(), actor: begin.actor,
      failure: report.failure, history)
    do throws(SystemError) { try store.finish(result) } catch { throw .journal(error) }
    return report
  }

  /// Goes on with a rollback; what cannot be done turns it round.
  private func finish(
    _ run: inout Run, _ plan: Plan, on host: borrowing WritableHost, store: borrowing RunStore,
    _ progress: (Report.Entry) -> Void
  ) -> Report.Ending {
    do throws(StepFailure) {
      try run.resume(on: host, store: store, progress: progress)
      return plan.leavesConflicts ? .conflicts : .rolledBack
    } catch {
      run.undo(
        because: "\(error.error)", failed: error.step, on: host, store: store, progress: progress)
      return run.isRestored ? .recovered : .incomplete
    }
  }

  private func close(_ run: inout Run, _ ending: Report.Ending) throws(Failure) {
    do throws(SystemError) { try run.close(ending, at: clock()) } catch { throw .journal(error) }
  }
}

extension JournalRecord {
  /// How the run ended, where this says that it ended well.
  fileprivate var success: Report.Ending? {
    guard case .end(let end) = self else { return nil }
    return switch end.ending {
    case .applied, .nothingToDo, .rolledBack, .conflicts: end.ending
    case .restored, .incomplete, .recovered: nil
    }
  }

  /// Whether the run had turned round.
  fileprivate var isTurn: Bool {
    switch self {
    case .failed, .undone, .end: true
    default: false
    }
  }
}
