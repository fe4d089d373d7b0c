internal import HardenActuators
internal import HardenModel
internal import HardenSystem

/// One run while it is being carried out: its steps, what was there before each, and its journal.
///
/// The order that makes a crash harmless: all before-images and intents are durable before the first
/// effect; each effect makes itself durable; what was read back is durable at the end of a phase.
/// A failed sync is final: nothing more is done, and what was done is undone from memory.
struct Run: ~Copyable {
  let number: Int
  let steps: [PlannedStep]
  private var before: [Int: Image]
  private var after: [Int: Image] = [:]
  private var journal: Journal
  private(set) var entries: [Report.Entry]
  private(set) var reached: Int
  /// What the canary has found so far.
  private(set) var probed: [Report.Probed] = []
  private let contents: [String: Bytes]
  private let secrets: [String: String]
  private let canary: Canary
  /// Whether the host was started again since the run began.
  var isRebooted = false
  /// Whether what it did was to hold beyond that.
  var outlivesReboot = false

  /// The run `number` with before-images and a journal that are durable already.
  init(
    _ number: Int, plan: Plan, before: [Int: Image], after: [Int: Image] = [:], reached: Int,
    baseline: CanaryBaseline? = nil, journal: consuming Journal
  ) {
    canary = Canary(probes: plan.canary ?? [], baseline: baseline)
    self.number = number
    steps = plan.steps
    contents = plan.contents
    secrets = plan.secrets ?? [:]
    self.before = before
    self.after = after
    self.journal = journal
    self.reached = reached
    entries = plan.steps.enumerated().map { index, planned in
      Report.Entry(
        target: planned.step.target, addresses: planned.addresses,
        outcome: after[index] == nil ? .notBegun : .done)
    }
  }

  /// Turns `host` into one that may be changed, now that the journal is open.
  func open(_ host: consuming Host, under lock: borrowing RunLock) -> WritableHost {
    host.writable(under: lock, recording: journal.file)
  }

  /// Whether the journal itself has failed.
  var journalFailure: SystemError? { journal.failure }

  /// Everything written to the journal.
  var journalBytes: [UInt8] { journal.written }

  /// Does the steps at `indices`, in order, but for those in `replaced`; throws what stopped it.
  mutating func perform(
    _ indices: [Int], on host: borrowing WritableHost, store: borrowing RunStore,
    besides replaced: Set<Int> = [], progress: (Report.Entry) -> Void
  ) throws(StepFailure) {
    for (place, index) in indices.enumerated() {
      guard !replaced.contains(index) else {
        entries[index].outcome = .already
        progress(entries[index])
        continue
      }
      let step = steps[index].step
      do throws(SystemError) {
        guard !Interruption.isRequested else {
          throw SystemError(refusing: step.target, "interrupted before this step")
        }
        reached = max(reached, index + 1)
        if step.hasOwnIntent, before[index] == nil {
          try intend(step, index, on: host.host, store: store)
        }
        entries[index].outcome = try perform(step, index, on: host, store: store)
        let image = try Actuators.capture(step, on: host.host).image
        after[index] = image
        try journal.append(.done(.init(step: index, after: image)))
        let isLastOfPhase =
          place + 1 == indices.count || steps[indices[place + 1]].step.phase != step.phase
        if isLastOfPhase { try journal.sync() }
      } catch {
        entries[index].outcome = .failed("\(error)")
        throw StepFailure(step: index, error: error)
      }
      progress(entries[index])
    }
  }

  /// Takes the before-image of a step that could not be done twice, and makes it durable.
  private mutating func intend(
    _ step: Step, _ index: Int, on host: borrowing Host, store: borrowing RunStore
  ) throws(SystemError) {
    let capture = try Actuators.capture(step, on: host)
    for content in capture.contents { try store.keep(content) }
    try journal.append(.intent(.init(step: index, before: capture.image)))
    try journal.sync()
    before[index] = capture.image
  }

  /// Does again, from the first, every step that the host does not show as done.
  mutating func resume(
    on host: borrowing WritableHost, store: borrowing RunStore,
    progress: (Report.Entry) -> Void
  ) throws(StepFailure) {
    for index in steps.indices {
      guard let path = steps[index].step.path else { continue }
      do throws(SystemError) {
        try host.removeTemporary(temporary(index), besides: path)
      } catch { throw StepFailure(step: index, error: error) }
    }
    reached = 0
    try perform(
      Array(steps.indices), on: host, store: store, besides: replaced(on: host.host),
      progress: progress)
  }

  /// The steps that were done before later ones, which are done as well, changed the same thing
  /// again: a file whose mode was put back before it was removed.
  private func replaced(on host: borrowing Host) -> Set<Int> {
    var found: Set<Int> = []
    for (index, planned) in steps.enumerated() {
      var left: Step? = planned.step
      for later in steps[(index + 1)...].map(\.step) {
        let rest = left.flatMap { $0.remainder(after: [later]) }
        if rest != left, isDone(later, on: host) { left = rest }
      }
      guard left != planned.step else { continue }
      if let left, !isDone(left, on: host) { continue }
      found.insert(index)
    }
    return found
  }

  private func isDone(_ step: Step, on host: borrowing Host) -> Bool {
    (try? Actuators.standing(of: step, on: host)) == .after
  }

  private func perform(
    _ step: Step, _ index: Int, on host: borrowing WritableHost, store: borrowing RunStore
  ) throws(SystemError) -> Outcome {
    switch try Actuators.standing(of: step, on: host.host) {
    case .after: return .already
    case .neither(let found):
      throw SystemError(refusing: step.target, "it changed while the run was going on: \(found)")
    case .before: break
    }
    try Actuators.perform(
      step, on: host, content: { digest throws(SystemError) in try content(digest, store) },
      temporary: temporary(index))
    guard try Actuators.standing(of: step, on: host.host) == .after else {
      throw SystemError(refusing: step.target, "it is not as wanted after being written")
    }
    return .done
  }

  /// The steps that the host does not show as done, in words.
  func unsettled(on host: borrowing Host) throws(Failure) -> [String] {
    var left: [String] = []
    for (index, planned) in steps.enumerated() {
      let later = steps[(index + 1)...].map(\.step)
      guard let step = planned.step.remainder(after: later) else { continue }
      // What cannot be looked at, since it is not there, is not as wanted.
      if !isDone(step, on: host) {
        left.append("\(planned.step.target) is not as wanted after the last step")
      }
    }
    return left
  }

  /// Puts back, newest first, every step that was reached; what somebody else changed stays.
  mutating func undo(
    because reason: String, failed step: Int?, on host: borrowing WritableHost,
    store: borrowing RunStore, progress: (Report.Entry) -> Void
  ) {
    // The journal may be what failed; the before-images are at hand all the same.
    try? journal.append(.failed(.init(step: step, reason: reason)))
    try? journal.sync()
    for index in (0..<reached).reversed() {
      let conflicts = undo(index, on: host, store: store)
      try? journal.append(.undone(.init(step: index, conflicts: conflicts)))
      progress(entries[index])
    }
    for index in 0..<reached { settle(index, on: host) }
  }

  /// Makes systemd, and a process that was restarted, follow the files that are back.
  private mutating func settle(_ index: Int, on host: borrowing WritableHost) {
    do throws(SystemError) {
      if let image = before[index] {
        try Actuators.redirectBoot(steps[index].step, to: image, on: host)
      }
      guard hasFollowed(index), let step = try Actuators.settling(steps[index].step, on: host.host),
        try Actuators.standing(of: step, on: host.host) == .before
      else { return }
      try Actuators.perform(
        step, on: host,
        content: { digest throws(SystemError) in
          throw SystemError(refusing: "\(digest)", "no unit has a content")
        }, temporary: temporary(index, undoing: true))
    } catch { entries[index].outcome = .unknown("\(error)") }
  }

  /// Whether the step at `index` may have made a process follow files of this run; what it would have
  /// read of others is no matter of undoing.
  private func hasFollowed(_ index: Int) -> Bool {
    guard case .setUnit(.reread(_, _, let paths)) = steps[index].step else { return true }
    return steps[..<reached].contains { $0.step.path.map(paths.contains) ?? false }
  }

  private mutating func undo(
    _ index: Int, on host: borrowing WritableHost, store: borrowing RunStore
  ) -> [String] {
    let step = steps[index].step
    guard let image = before[index] else {
      entries[index].outcome = .notBegun
      return []
    }
    do throws(SystemError) {
      if let path = step.path {
        try host.removeTemporary(temporary(index), besides: path)
        try host.removeTemporary(temporary(index, undoing: true), besides: path)
      }
      if case .editAccount = step { try host.clearAccountLeftovers() }
      if case .setUnit = step { try host.clearQuietStarts() }
      let undo = try Actuators.undo(step, before: image, after: after[index], on: host.host)
      for inverse in undo.steps {
        try Actuators.perform(
          inverse, on: host, content: { digest throws(SystemError) in try content(digest, store) },
          temporary: temporary(index, undoing: true))
        guard try Actuators.standing(of: inverse, on: host.host) == .after else {
          throw SystemError(refusing: step.target, "it is not as before after being put back")
        }
      }
      // What the kernel held is gone with the boot, whatever this one has made of it.
      let isGone = isRebooted && step.path == nil
      if undo.awaits != nil, !isGone || outlivesReboot {
        let sentence = "\(step.target) stays as it is until the next boot"
        entries[index].outcome = .unknown(sentence)
        return [sentence]
      }
      entries[index].outcome =
        undo.conflicts.isEmpty || isGone ? .restored : .unknown(undo.conflicts[0].sentence)
      return isGone ? [] : undo.conflicts.map(\.sentence)
    } catch {
      entries[index].outcome = .unknown("\(error)")
      return ["\(error)"]
    }
  }

  /// Asks the canary, writing down each answer before the next probe; throws the first failure of a
  /// required one.
  ///
  /// Where it `isEarly` nobody else judges the run, and having checked nothing is no success.
  mutating func askCanary(on host: borrowing WritableHost, isEarly: Bool = false)
    throws(StepFailure)
  {
    guard isEarly || !canary.probes.isEmpty else { return }
    do throws(SystemError) {
      for probe in canary.probes {
        let one = try canary.ask(probe, on: host, isEarly: isEarly)
        probed.append(one)
        try journal.append(.probed(.init(id: probe.id, answer: one.answer)))
        if probe.isRequired, case .fails(let reason) = one.answer {
          throw SystemError(refusing: "canary \(probe.id) (\(probe.probe.text))", reason)
        }
      }
      try journal.sync()
      guard !isEarly || probed.contains(where: { $0.canary.isRequired && $0.answer == .holds })
      else {
        throw SystemError(
          refusing: "canary", "it has checked nothing: no probe that it requires applies here")
      }
    } catch { throw StepFailure(step: nil, error: error) }
  }

  /// Writes down that all but the steps at `indices` is done and proved, and that these wait.
  mutating func wait(for indices: Set<Int>, at time: Int64) throws(StepFailure) {
    for index in indices { entries[index].outcome = .waiting }
    try note(.waits(.init(at: time)))
  }

  /// Writes something down durably.
  mutating func note(_ record: JournalRecord) throws(StepFailure) {
    do throws(SystemError) {
      try journal.append(record)
      try journal.sync()
    } catch { throw StepFailure(step: nil, error: error) }
  }

  /// Whether every step that was reached is back as it was.
  var isRestored: Bool {
    entries.prefix(reached).allSatisfy { $0.outcome == .restored || $0.outcome == .notBegun }
  }

  /// Writes down that the run is over; from here on it is history.
  mutating func close(_ ending: Report.Ending, at time: Int64) throws(SystemError) {
    try journal.append(.end(.init(ending: ending, at: time)))
    try journal.sync()
  }

  private func content(_ digest: Digest, _ store: borrowing RunStore) throws(SystemError) -> [UInt8]
  {
    if let bytes = contents[digest.description] { return bytes.raw }
    guard let source = secrets[digest.description] else { return try store.blob(digest) }
    let bytes = try SecretFile.read(source)
    guard Digest(of: bytes) == digest else {
      throw SystemError(refusing: source, "it holds another secret than when the plan was made")
    }
    return bytes
  }

  /// The same name whenever it is asked for, so that recovery finds what a crash left behind; *.d
  /// directories ignore names that begin with a dot.
  private func temporary(_ index: Int, undoing: Bool = false) -> String {
    ".harden-\(number)-\(index)\(undoing ? "-undo" : "")~"
  }
}

/// What stopped a run, and at which step.
struct StepFailure: Error {
  var step: Int?
  var error: SystemError
}

extension Conflict {
  /// One sentence for people.
  var sentence: String {
    "\(unit) is '\(found)', neither as the run left it ('\(after)') nor as before ('\(before)')"
  }
}
