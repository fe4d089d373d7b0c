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

  /// Why a run is put right.
  package enum Occasion: String, Sendable {
    /// Somebody asked for it; a run that waits to be confirmed is left waiting.
    case asked = "recover"
    /// Its time is over, or the host was started again: the guard looks.
    case unconfirmed = "guard"
    /// Somebody undoes a run that waits to be confirmed.
    case givenUp = "rollback"
  }

  /// Puts right the unfinished run of `store`; nil when there is none that `occasion` is about.
  package func recover(
    on host: consuming Host, store: borrowing RunStore, actor: Actor, _ occasion: Occasion = .asked,
    progress: (Report.Entry) -> Void = { _ in }
  ) throws(Failure) -> Report? {
    guard let lock = try store.lock() else { throw .locked }
    let history = try History(store)
    guard let number = history.unfinished else { return nil }
    let waiting = history.waiting
    let left = try waiting?.left(on: host)
    let anew = try waiting?.anew(on: host, now: clock())
    switch occasion {
    case .asked: if let left, waiting?.isReady == true { throw .waiting(run: number, left: left) }
    case .unconfirmed: if try waiting?.isDue(on: host) != true { return nil }
    case .givenUp: if waiting == nil { return nil }
    }
    let plan = try store.plan(of: number)
    let opened = try store.journalWithBytes(of: number)
    let reading = opened.reading
    var run = try store.reopen(number, plan, opened, on: host)
    guard case .begin(let begin)? = reading.records.first else {
      throw .corrupt(run: number, .record(reading.length))
    }
    let writable = run.open(host, under: lock)
    // A boot that cannot be counted could come again and again, so then the time is over.
    if case .unconfirmed = occasion, let waiting, let anew,
      (try? run.note(.rebooted(.init(terms: anew)))) != nil, left != nil
    {
      var report = Report(run: number, ending: .waiting, entries: run.entries)
      (report.until, report.onReboot, report.isRebooted) = (anew.until, anew.onReboot, true)
      Guard(run: waiting.run, program: "").announce(report, on: writable)
      Telling(verb: occasion.rawValue, run: number, plan: plan, actor: actor)
        .ended(report, on: writable)
      return report
    }
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
        because: waiting == nil ? "recovered" : "not confirmed", failed: nil, on: writable,
        store: store, progress: progress)
      ending =
        run.isRestored ? (waiting?.isReady == true ? .reverted : .recovered) : .incomplete
      try close(&run, ending)
    }
    var report = Report(run: number, ending: ending, entries: run.entries)
    if ending == .incomplete {
      report.failure = "something is neither as before nor as after the run"
    }
    if let waiting {
      disarm(waiting, report, occasion, on: writable)
    }
    let result = RunResult(
      run, plan, ending: ending, began: begin.at, ended: clock(), actor: begin.actor,
      failure: report.failure, history)
    do throws(SystemError) { try store.finish(result) } catch { throw .journal(error) }
    Telling(verb: occasion.rawValue, run: number, plan: plan, actor: actor)
      .ended(report, on: writable)
    return report
  }

  /// Sees to it that the run that waits on `host`, and is not due, has an alarm.
  package func keepAlarm(on host: consuming Host, store: borrowing RunStore) throws(Failure) {
    guard let waiting = try History(store).waiting, waiting.isReady, !waiting.isRebooted else {
      return
    }
    let post = Guard(run: waiting.run, program: "")
    let isGone = try asFailure { () throws(SystemError) in
      try post.isGone(waiting.terms, on: host)
    }
    guard isGone else { return }
    guard let lock = try store.lock() else { throw .locked }
    // It may have been confirmed since.
    guard try History(store).waiting == waiting else { return }
    let plan = try store.plan(of: waiting.run)
    let run = try store.reopen(
      waiting.run, plan, try store.journalWithBytes(of: waiting.run), on: host)
    let writable = run.open(host, under: lock)
    try asFailure { () throws(SystemError) in
      try post.startAgain(waiting.terms, on: writable, store: store)
    }
  }

  /// Takes the guard away, and where nobody asked, says what has happened.
  private func disarm(
    _ waiting: Waiting, _ report: Report, _ occasion: Occasion, on host: borrowing WritableHost
  ) {
    let post = Guard(run: waiting.run, program: "")
    // What is left of it finds nothing to do.
    try? post.disarm(waiting.terms, on: host)
    if case .unconfirmed = occasion { post.announce(report, on: host) }
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
    case .restored, .incomplete, .recovered, .waiting, .reverted: nil
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
