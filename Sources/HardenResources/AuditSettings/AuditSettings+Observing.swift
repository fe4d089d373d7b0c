package import HardenCore
package import HardenModel
package import HardenSystem

extension AuditSettings {
  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    let reading = try host.audit()
    if case .absent = reading { return Observation(.notApplicable("the kernel does not audit")) }
    let sources = try AuditSources.of(host)
    guard sources.isLoadedAtBoot else {
      return Observation(
        .refused("augenrules is not installed, so nothing would set it at boot; install auditd"))
    }
    if let obstacle = sources.obstacle { return Observation(.refused(obstacle)) }
    var observation = Observation(planes: [])
    var wanted = values
    switch reading {
    case .offline, .absent: wanted = raised(sources, nil, &observation)
    case .unreadable(let why): return Observation(.unmeasured(why))
    case .state(let state):
      wanted = raised(sources, state.status, &observation)
      try addKernel(wanted, state.status, host, to: &observation)
    }
    if let why = addFiles(wanted, sources, owner, to: &observation) {
      return Observation(.refused(why), planes: observation.planes)
    }
    // The lock is a step of its own, and the run puts it last.
    return observation
  }

  /// What is wanted, with room for a burst of events where the kernel is to panic for want of it and
  /// the playbook says nothing of it.
  private func raised(
    _ sources: AuditSources, _ status: AuditStatus?, _ observation: inout Observation
  ) -> [AuditStatus.Setting: UInt32] {
    guard values[.failure] == 2, values[.backlogLimit] == nil else { return values }
    let boot = sources.boot.values[.backlogLimit]?.value ?? Self.usualBacklog
    let limits = [boot, status?[.backlogLimit] ?? boot]
    guard let least = limits.filter({ !AuditRisks.isRoomy($0) }).min(), status?.isLocked != true
    else { return values }
    observation.notes.append(
      "backlog_limit is raised from \(least) to \(AuditRisks.roomyBacklog) first, since failure 2 makes "
        + "a longer burst of events a panic")
    return values.merging([.backlogLimit: AuditRisks.roomyBacklog]) { $1 }
  }

  /// What the kernel begins with.
  private static let usualBacklog: UInt32 = 64

  private func text(_ found: [AuditStatus.Setting: UInt32]) -> String? {
    found.isEmpty ? nil : found.text
  }

  private func addKernel(
    _ values: [AuditStatus.Setting: UInt32], _ status: AuditStatus, _ host: borrowing Host,
    to observation: inout Observation
  ) throws(SystemError) {
    let found = Dictionary(uniqueKeysWithValues: values.keys.map { ($0, status[$0]) })
    let differing = values.filter { found[$0.key] != $0.value }
    observation.planes.append(
      PlaneState(
        .now, observed: text(found), wanted: text(values), holds: differing.isEmpty,
        awaits: status.isLocked ? .reboot : nil))
    guard !differing.isEmpty else { return }
    if status.isLocked {
      observation.notes.append("the settings are locked until the next boot, which sets them")
      return
    }
    // What a panic would come from is put right before, and the lock comes last.
    for last in [nil, AuditStatus.Setting.failure, .enabled] {
      let part = differing.filter {
        last == ($0.key == .enabled || $0.key == .failure && $0.value == 2 ? $0.key : nil)
      }
      guard !part.isEmpty else { continue }
      observation.steps.append(
        .setAuditStatus(
          SetAuditStatus(before: found.filter { part[$0.key] != nil }, after: part)))
    }
    if differing[.enabled] == 2 {
      observation.notes.append(
        "afterwards nothing of auditing can be changed or undone before the next boot")
    }
    if differing[.failure] == 2 {
      observation.risks = try AuditRisks(status, backlogLimit: values[.backlogLimit]).panic(host)
    }
  }

  // MARK: Files

  private func addFiles(
    _ values: [AuditStatus.Setting: UInt32], _ sources: AuditSources, _ owner: Owner,
    to observation: inout Observation
  ) -> String? {
    var edits: [UnitEdit] = []
    var held: [AuditStatus.Setting: UInt32] = [:]
    var boot: [AuditStatus.Setting: UInt32] = [:]
    var isWritten = true
    let settings = Self.ordered(values)
    for setting in settings {
      guard let value = values[setting] else { continue }
      // augenrules puts it behind every other line, whatever file that stands in.
      if setting == .enabled, let stop = sources.boot.stop { return stop.sentence }
      let line = "\(setting.option) \(value)"
      let block = sources.own.block(setting.option)
      let isHeld = block?.split(at: "\n").last.map(String.init) == line
      if isHeld { held[setting] = value }
      if !isHeld {
        edits.append(
          UnitEdit(
            address, unit: setting.option, before: block,
            after: AuditFile.block(line, playbook: owner.playbook, control: owner.control)))
      }
      guard let winner = sources.boot.values[setting] else {
        isWritten = false
        continue
      }
      if isHeld, winner.value != value {
        return
          "\(winner.place) sets \(line.prefix(2)) \(winner.value) at boot after harden's own file; take that line out"
      }
      boot[setting] = winner.value
      let place = sources.compiled.lines.first { $0.place == winner.place }
      isWritten =
        isWritten && winner.value == value
        && (place.map { sources.written.contains($0.bytes) } ?? false)
    }
    let path = AuditFile.path
    observation.planes += [
      PlaneState(
        .file, observed: text(held), wanted: text(values), holds: edits.isEmpty,
        observedAt: held.isEmpty
          ? nil : Place(path, line: held.keys.compactMap { sources.own.line(of: $0.option) }.min()),
        wantedAt: edits.isEmpty ? nil : Place(path)),
      PlaneState(
        .boot, observed: text(boot), wanted: text(values), holds: isWritten && boot == values,
        observedAt: settings.lazy.compactMap { sources.boot.values[$0]?.place }.first,
        wantedAt: isWritten && boot == values ? nil : Place(CompileAuditRules.path)),
    ]
    if !edits.isEmpty {
      observation.steps += sources.folderStep
      observation.steps.append(
        .editFile(
          EditFile(
            path: path, format: .audit, edits: edits, creation: CompileAuditRules.attributes)))
    }
    if !edits.isEmpty || !isWritten {
      observation.steps.append(.compileAuditRules(CompileAuditRules()))
    }
    return nil
  }
}
