package import HardenModel
package import HardenSystem

extension Failure {
  /// Somebody confirms, and there is nothing to confirm.
  package static var nothingWaits: Failure { .refused(["no run waits to be confirmed"]) }
}

extension Applier {
  /// Makes the run that waits stay: asks the canary again, does what has waited and proves it all.
  ///
  /// It is the second half of the run itself: one journal, one set of before-images, so a failure
  /// puts the whole run back, and so does its guard when this is interrupted.
  package func confirm(
    on host: consuming Host, store: borrowing RunStore, actor: Actor, sameSession: Bool,
    progress: (Report.Entry) -> Void = { _ in }
  ) throws(Failure) -> Report {
    guard let lock = try store.lock() else { throw .locked }
    let history = try History(store)
    let waiting = try waiting(history, on: host)
    if !sameSession { try requireNewLogin(waiting, actor, on: host) }
    return try conclude(waiting, history, on: host, under: lock, store: store, actor, progress)
  }

  /// Lets the canary of a run that waits decide, now that the host was started again; nil where there
  /// is nothing for it to decide.
  package func decide(on host: consuming Host, store: borrowing RunStore, actor: Actor)
    throws(Failure) -> Report?
  {
    guard let lock = try store.lock() else { throw .locked }
    let history = try History(store)
    guard let waiting = history.waiting, waiting.isReady, try waiting.left(on: host) != nil,
      try waiting.isAfterReboot(on: host)
    else { return nil }
    return try conclude(
      waiting, history, on: host, under: lock, store: store, actor, isUnattended: true
    ) { _ in }
  }

  private func conclude(
    _ waiting: Waiting, _ history: History, on host: consuming Host, under lock: borrowing RunLock,
    store: borrowing RunStore, _ actor: Actor, isUnattended: Bool = false,
    _ progress: (Report.Entry) -> Void
  ) throws(Failure) -> Report {
    let terms = try waiting.anew(on: host, now: clock())
    let plan = try store.plan(of: waiting.run)
    let opened = try store.journalWithBytes(of: waiting.run)
    guard case .begin(let begin)? = opened.reading.records.first else { throw .nothingWaits }
    var run = try store.reopen(waiting.run, plan, opened, on: host)
    let options = Options(actor: begin.actor)
    let writable = run.open(host, under: lock)
    var failure: StepFailure?
    do throws(StepFailure) {
      if let terms { try run.note(.rebooted(.init(terms: terms))) }
      try run.note(.confirming(.init(at: clock(), actor: actor)))
      try run.askCanary(on: writable, isEarly: isUnattended)
      let due = plan.waitingSteps(waiting.terms.onReboot)
      let final = plan.finalSteps.intersection(due)
      try run.perform(
        due.subtracting(final).sorted(), on: writable, store: store, progress: progress)
      if !final.isEmpty {
        try verify(plan, &run, on: writable.host, but: \.finalSteps, history)
        try run.perform(final.sorted(), on: writable, store: store, progress: progress)
      }
      try verify(plan, &run, on: writable.host, history)
      try close(plan, &run, .done, began: begin.at, store: store, options, history)
    } catch { failure = error }
    let report: Report
    if let failure {
      report = turnRound(
        plan, &run, failure, began: begin.at, on: writable, store: store, options, history,
        progress, restored: isUnattended ? .reverted : .restored)
    } else {
      report = self.report(plan, run, ending: ending(plan))
    }
    // What is left of it finds nothing to do.
    let post = Guard(run: waiting.run, program: "")
    try? post.disarm(waiting.terms, on: writable)
    if isUnattended { post.announce(report, on: writable) }
    Telling(verb: isUnattended ? "guard" : "confirm", run: waiting.run, plan: plan, actor: actor)
      .ended(report, on: writable)
    return report
  }

  /// Gives the run that waits `span` from now on.
  package func extend(
    by span: TimeSpan, on host: consuming Host, store: borrowing RunStore, actor: Actor
  ) throws(Failure) -> Report {
    guard let lock = try store.lock() else { throw .locked }
    let waiting = try waiting(try History(store), on: host)
    let plan = try store.plan(of: waiting.run)
    var run = try store.reopen(
      waiting.run, plan, try store.journalWithBytes(of: waiting.run), on: host)
    let anew = try waiting.anew(on: host, now: clock())
    let writable = run.open(host, under: lock)
    let terms = ConfirmTerms(
      boot: waiting.terms.boot, began: Login.uptime, now: clock(), span: span)
    do throws(StepFailure) {
      if let anew { try run.note(.rebooted(.init(terms: anew))) }
      // Armed first: without its record the later alarm only looks.
      try arm(later: terms, than: waiting, on: writable, store: store)
      try run.note(
        .extended(.init(deadline: terms.deadline, until: terms.until, actor: actor)))
    } catch { throw .journal(error.error) }
    try? Guard(run: waiting.run, program: "").drop(waiting.terms, on: writable)
    var report = report(plan, run, ending: .waiting)
    (report.until, report.onReboot) = (terms.until, waiting.terms.onReboot)
    report.isRebooted = waiting.isRebooted || anew != nil
    report.isGuardMortal = !writable.host.hasServiceManager
    return report
  }

  private func arm(
    later terms: ConfirmTerms, than waiting: Waiting, on host: borrowing WritableHost,
    store: borrowing RunStore
  ) throws(StepFailure) {
    do throws(SystemError) {
      try Guard(run: waiting.run, program: "").extend(to: terms, on: host, store: store)
    } catch { throw StepFailure(step: nil, error: error) }
  }

  /// The run that waits on `host` and still has time.
  private func waiting(_ history: History, on host: borrowing Host) throws(Failure) -> Waiting {
    guard let waiting = history.waiting else {
      try history.requireEnded(on: host)
      throw .nothingWaits
    }
    guard waiting.isReady else { throw .unfinished(run: waiting.run) }
    guard try waiting.left(on: host) != nil else {
      throw .refused([
        "run \(waiting.run) was not confirmed in time, or before a reboot, and is undone",
        "if its guard has not done it yet: harden recover",
      ])
    }
    return waiting
  }

  /// A login from before the run shows nothing: what was cut off may only be the way in.
  private func requireNewLogin(_ waiting: Waiting, _ actor: Actor, on host: borrowing Host)
    throws(Failure)
  {
    // No login outlives a reboot.
    if try waiting.isAfterReboot(on: host) { return }
    if let began = Login.began(), began > waiting.terms.began,
      actor.session == nil || actor.session != waiting.actor.session
    {
      return
    }
    throw .refused([
      "this login is not known to have begun after run \(waiting.run), so it shows nothing",
      "log in again and confirm from there, or take it on yourself: harden confirm --same-session",
    ])
  }
}
