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
    switch reading {
    case .offline, .absent: break
    case .unreadable(let why): return Observation(.unmeasured(why))
    case .state(let state): addKernel(state.status, to: &observation)
    }
    if let why = addFiles(sources, owner, to: &observation) {
      return Observation(.refused(why), planes: observation.planes)
    }
    // The lock is a step of its own, and the run puts it last.
    return observation
  }

  private func text(_ found: [AuditStatus.Setting: UInt32]) -> String? {
    found.isEmpty ? nil : found.text
  }

  private func addKernel(_ status: AuditStatus, to observation: inout Observation) {
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
    for isLock in [false, true] {
      let part = differing.filter { ($0.key == .enabled) == isLock }
      guard !part.isEmpty else { continue }
      observation.steps.append(
        .setAuditStatus(
          SetAuditStatus(before: found.filter { part[$0.key] != nil }, after: part)))
    }
    if differing[.enabled] == 2 {
      observation.notes.append(
        "afterwards nothing of auditing can be changed or undone before the next boot")
    }
    if differing[.failure] == 2 { observation.risks = risks(status) }
  }

  /// What would make the kernel panic soon.
  private func risks(_ status: AuditStatus) -> [String] {
    var risks: [String] = []
    if status.lost > 0 {
      risks.append(
        "the kernel has lost \(status.lost) events since boot; with failure 2 the first of them would have been a panic"
      )
    }
    let backlog = values[.backlogLimit] ?? status[.backlogLimit]
    if backlog < 8192 {
      risks.append(
        "only \(backlog) events may wait (backlog_limit), so a burst of them is a panic with failure 2; let it be 8192 or more"
      )
    }
    if status.daemon == 0 {
      risks.append(
        "no daemon takes events at the moment, so with failure 2 a full backlog is a panic")
    }
    return risks
  }

  // MARK: Files

  private func addFiles(
    _ sources: AuditSources, _ owner: Owner, to observation: inout Observation
  ) -> String? {
    var edits: [UnitEdit] = []
    var held: [AuditStatus.Setting: UInt32] = [:]
    var boot: [AuditStatus.Setting: UInt32] = [:]
    var isWritten = true
    for setting in settings {
      guard let value = values[setting] else { continue }
      // augenrules puts it behind every other line, whatever file that stands in.
      if setting == .enabled, let stop = sources.boot.stop { return stop.sentence }
      let line = "\(setting.option) \(value)"
      let block = sources.own.block(setting.option)
      let isHeld = block?.split(separator: "\n").last.map(String.init) == line
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
