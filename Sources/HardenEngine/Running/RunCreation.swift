internal import HardenActuators
internal import HardenModel
internal import HardenSystem

extension RunStore {
  /// Begins a run: when this returns, all before-images and intents are on the disk, but those of
  /// steps that have their own, and nothing has been changed.
  ///
  /// Everything is written under a name that no reader looks at, and gets its number at once.
  func begin(
    _ plan: Plan, header: JournalCodec.Header, actor: Actor, at time: Int64,
    confirm terms: ConfirmTerms? = nil, written: [UInt8]? = nil, on host: borrowing Host
  ) throws(Failure) -> Run {
    let baseline = try Canary.baseline(of: plan, on: host)
    var before: [Int: Image] = [:]
    var contents: [[UInt8]] = []
    do throws(SystemError) {
      for (index, planned) in plan.steps.enumerated() where !planned.step.hasOwnIntent {
        let capture = try Actuators.capture(planned.step, on: host)
        before[index] = capture.image
        contents += capture.contents
      }
    } catch { throw .refused(["\(error)"]) }

    let bytes = if let written { written } else { try PlanFile.encode(plan) }
    do {
      for content in contents { try keep(content) }
      let number = (try numbers().last ?? 0) + 1
      let draft = "runs/.\(number).new"
      try discard(draft)
      try state.makeDirectory(draft)
      try state.store(bytes, as: "\(draft)/plan.json")
      let file = try state.create("\(draft)/journal")
      try file.reserve(4096 + 1024 * plan.steps.count)
      var journal = try Journal(file, header: header)
      try journal.append(
        .begin(
          .init(
            run: number, kind: plan.kind, plan: plan.id, at: time, steps: plan.steps.count,
            actor: actor, baseline: baseline, confirm: terms)))
      for (index, image) in before.sorted(by: { $0.key < $1.key }) {
        try journal.append(.intent(.init(step: index, before: image)))
      }
      try journal.sync()
      try state.syncDirectory(holding: "\(draft)/journal")
      try state.rename(draft, to: "runs/\(number)")
      return Run(
        number, plan: plan, before: before, reached: 0, baseline: baseline, journal: journal)
    } catch let error as SystemError {
      throw .journal(error)
    } catch { throw .unreadable("\(error)") }
  }

  /// Goes on with a run that has not ended; its intents have to be whole.
  ///
  /// They are durable before the run has its number, so no crash tears them; a step with an intent of
  /// its own was not begun before that was durable.
  func reopen(
    _ number: Int, _ plan: Plan, _ journal: (reading: JournalReading, bytes: [UInt8]),
    on host: borrowing Host
  ) throws(Failure) -> Run {
    let reading = journal.reading
    let (before, after) = RunRecord.images(reading.records)
    guard case .begin(let begin)? = reading.records.first, begin.steps == plan.steps.count,
      plan.steps.indices.allSatisfy({
        before[$0] != nil || plan.steps[$0].step.hasOwnIntent
      })
    else { throw .corrupt(run: number, .record(reading.length)) }
    let identity = try asFailure { () throws(SystemError) in try HostIdentity(of: host) }
    guard identity.machine == plan.host.machine else {
      throw .refused(["run \(number) belongs to another host (\(plan.host.name))"])
    }
    let file = try asFailure { () throws(SystemError) in
      try state.reopen("runs/\(number)/journal", at: reading.length)
    }
    var run = Run(
      number, plan: plan, before: before, after: after, reached: plan.steps.count,
      baseline: begin.baseline, journal: Journal(file, continuing: reading, bytes: journal.bytes))
    run.isRebooted = reading.header?.boot != identity.boot
    run.outlivesReboot = begin.confirm?.onReboot == .probe
    return run
  }

  /// Writes down how a run ended.
  func finish(_ result: RunResult) throws(SystemError) {
    let bytes: [UInt8]
    do { bytes = try JSON.encode(result) } catch {
      throw SystemError(refusing: "result.json", "\(error)")
    }
    try state.store(bytes + [0x0A], as: "runs/\(result.run)/result.json")
  }

  /// Removes the directory `draft` of a run that never began, if there is one.
  private func discard(_ draft: String) throws(SystemError) {
    guard let names = try? state.names(draft) else { return }
    for name in names { try state.remove("\(draft)/\(name)") }
    try state.remove(draft, isDirectory: true)
  }
}
