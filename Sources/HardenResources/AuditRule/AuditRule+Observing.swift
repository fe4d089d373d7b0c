package import HardenCore
package import HardenModel
package import HardenSystem

extension AuditRule {
  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    let reading = try host.audit()
    if case .absent = reading {
      return Observation(.notApplicable("the kernel does not audit"))
    }
    let wanted: AuditWanted
    do throws(SystemError) { wanted = try AuditWanted(line, on: host) } catch {
      guard case .refused(let why) = error.reason else { throw error }
      return Observation(.refused(why))
    }
    guard !wanted.items.isEmpty else {
      return Observation(.notApplicable("this machine has none of its system calls"))
    }
    let sources = try AuditSources.of(host)
    if let missing = wanted.missing { return without(missing, wanted, sources) }
    guard sources.isLoadedAtBoot else {
      return Observation(
        .refused("augenrules is not installed, so nothing would load it at boot; install auditd"))
    }
    if let obstacle = sources.obstacle { return Observation(.refused(obstacle)) }

    let before = try previous.map { line throws(SystemError) in try AuditWanted(line, on: host) }
    var observation = Observation(planes: [], notes: [])
    try addFile(wanted, before, sources, owner, to: &observation)
    if let why = addBoot(wanted, sources, to: &observation) {
      return Observation(.refused(why), planes: observation.planes)
    }
    switch reading {
    case .offline, .absent: break
    case .unreadable(let why): return Observation(.unmeasured(why), planes: observation.planes)
    case .state:
      if let kernel = try AuditKernel.of(host),
        let why = try addKernel(wanted, before, kernel, host, to: &observation)
      {
        return Observation(.refused(why), planes: observation.planes)
      }
    }
    observation.planes.sort { $0.plane < $1.plane }
    if observation.differs { observation.notes = wanted.notes + observation.notes }
    return observation
  }

  // MARK: A rule that the kernel would refuse

  /// A line of ours for it would keep every later line from being loaded.
  private func without(_ missing: String, _ wanted: AuditWanted, _ sources: AuditSources)
    -> Observation
  {
    guard isMissingAllowed else {
      return Observation(
        .refused("\(missing) does not exist, so the kernel refuses the rule; make it first"))
    }
    let reason = "\(missing) does not exist, so the kernel would refuse the rule"
    let held = wanted.items.filter { sources.own.block($0.line) != nil }
    guard let first = held.first else { return Observation(.notApplicable(reason)) }
    let place = Place(AuditFile.path, line: sources.own.line(of: first.line))
    return Observation(
      planes: [
        PlaneState(
          .file, observed: held.map(\.line).joined(separator: "; "), wanted: nil, holds: false,
          observedAt: place)
      ],
      steps: [
        edit(
          held.map {
            UnitEdit(address, unit: $0.line, before: sources.own.block($0.line), after: nil)
          }),
        .compileAuditRules(CompileAuditRules()),
      ], notes: ["\(reason), and its line would keep all later ones from being loaded at boot"])
  }

  // MARK: Files

  private func edit(_ edits: [UnitEdit]) -> Step {
    .editFile(
      EditFile(
        path: AuditFile.path, format: .audit, edits: edits, creation: CompileAuditRules.attributes))
  }

  private func addFile(
    _ wanted: AuditWanted, _ before: AuditWanted?, _ sources: AuditSources, _ owner: Owner,
    to observation: inout Observation
  ) throws(SystemError) {
    var edits: [UnitEdit] = []
    var found: [String] = []
    var place: Place?
    var anchor = before?.items.last?.line
    for item in wanted.items {
      let block = sources.own.block(item.line)
      let other = sources.foreign[item.rule]
      let own = Place(AuditFile.path, line: sources.own.line(of: item.line))
      if let other {
        found.append(item.line)
        place = place ?? other
        if block != nil {
          // The second line would fail, and loading would stop there.
          edits.append(UnitEdit(address, unit: item.line, before: block, after: nil))
          observation.notes.append("\(other) loads it already; the line in harden's own file goes")
        }
        continue
      }
      var edit = UnitEdit(
        address, unit: item.line, before: block,
        after: block
          ?? AuditFile.block(item.line, playbook: owner.playbook, control: owner.control),
        behind: anchor)
      anchor = item.line
      if block != nil {
        found.append(item.line)
        place = place ?? own
        if sources.own.standing(of: edit) == .after { continue }
        edit.before = block
      }
      edits.append(edit)
    }
    let holds = edits.isEmpty
    observation.planes.append(
      PlaneState(
        .file, observed: found.isEmpty ? nil : found.joined(separator: "; "),
        wanted: wanted.items.map(\.line).joined(separator: "; "), holds: holds, observedAt: place,
        wantedAt: holds ? nil : Place(AuditFile.path)))
    if !holds { observation.steps += sources.folderStep + [edit(edits)] }
  }

  /// Compares what the next boot loads; answers with what stands in the way.
  private func addBoot(
    _ wanted: AuditWanted, _ sources: AuditSources, to observation: inout Observation
  ) -> String? {
    var loaded: [Place] = []
    for item in wanted.items {
      let isOwn = sources.own.block(item.line) != nil
      guard let place = sources.loaded[item.rule] else {
        guard isOwn || sources.foreign[item.rule] != nil else { continue }
        return unloaded(item, sources)
      }
      if let why = shadow(item, sources) { return why }
      if sources.lines[place].map(sources.written.contains) ?? false { loaded.append(place) }
    }
    let holds = loaded.count == wanted.items.count
    let text = { (count: Int) in count == 1 ? "loaded" : "\(count) rules loaded" }
    observation.planes.append(
      PlaneState(
        .boot, observed: loaded.isEmpty ? nil : text(loaded.count),
        wanted: text(wanted.items.count),
        holds: holds, observedAt: loaded.first,
        wantedAt: holds ? nil : Place(CompileAuditRules.path)))
    if !holds || observation.differs {
      observation.steps.append(.compileAuditRules(CompileAuditRules()))
    }
    return nil
  }

  /// Why a line that is there loads nothing.
  private func unloaded(_ item: AuditWanted.Item, _ sources: AuditSources) -> String? {
    let place =
      sources.foreign[item.rule]
      ?? Place(AuditFile.path, line: sources.own.line(of: item.line))
    if let failed = sources.boot.failed.first(where: { $0.place == place }) {
      return "\(place) is not loaded at boot, because \(failed.reason)"
    }
    if let stop = sources.boot.stop { return stop.sentence }
    let removal = sources.boot.removals.last.map { "\($0) takes rules away again" }
    return "\(place) does not last at boot: \(removal ?? "something takes it away"); correct that"
  }

  /// Why an earlier rule decides about all of its events, and not as this one would.
  private func shadow(_ item: AuditWanted.Item, _ sources: AuditSources) -> String? {
    sources.order.conflict(before: item.rule).map { earlier in
      "\(sources.boot.rules[earlier.place].place) \(earlier.reason); take that line out"
    }
  }

  // MARK: The kernel

  private func addKernel(
    _ wanted: AuditWanted, _ before: AuditWanted?, _ kernel: AuditKernel, _ host: borrowing Host,
    to observation: inout Observation
  ) throws(SystemError) -> String? {
    var edits: [EditAuditRules.Edit] = []
    var loaded = 0
    var anchor = before?.items.last?.rule
    for item in wanted.items {
      let place = kernel.order.place(of: item.rule)
      let edit = EditAuditRules.Edit(
        address, text: item.line, rule: item.rule, before: place != nil, after: true,
        place: anchor.map(AuditPlace.behind) ?? .end)
      let other = anchor.flatMap { $0.list == item.rule.list ? kernel.order.place(of: $0) : nil }
      anchor = item.rule
      guard let place else {
        edits.append(edit)
        continue
      }
      loaded += 1
      if let other, other > place {
        edits.append(edit)
        continue
      }
      if let earlier = kernel.order.conflict(before: item.rule) {
        return "the rule '\(earlier.rule.text)' in the kernel \(earlier.reason); unload it"
      }
    }
    let text = { (count: Int) in count == 1 ? "loaded" : "\(count) rules loaded" }
    let isLocked = kernel.state.status.isLocked
    observation.planes.append(
      PlaneState(
        .now,
        observed: loaded == 0
          ? nil
          : loaded == wanted.items.count && !edits.isEmpty
            ? "loaded before the rule that it follows" : text(loaded),
        wanted: text(wanted.items.count), holds: edits.isEmpty,
        awaits: isLocked ? .reboot : nil))
    if kernel.state.status[.enabled] == 0 {
      observation.notes.append(
        "auditing is off at the moment (enabled 0), so it records nothing yet")
    }
    guard !edits.isEmpty else { return nil }
    if isLocked {
      observation.notes.append("the rules are locked until the next boot, which loads it")
      return nil
    }
    let moved = self.moved(by: edits, in: kernel.state.rules)
    if !moved.isEmpty {
      observation.notes.append(
        "\(moved.count) loaded \(moved.count == 1 ? "rule is" : "rules are") unloaded and loaded again "
          + "behind it, one at a time")
    }
    if kernel.state.status[.failure] == 2 {
      observation.risks = try AuditRisks(kernel.state.status).panic(host)
    }
    observation.steps.append(
      .editAuditRules(EditAuditRules(edits + moved, expedited: try host.rcuExpedited())))
    return nil
  }

  /// The rules of whomever that have to move for `edits`.
  ///
  /// They are part of the step, so that a run that is ended while one of them is unloaded is not
  /// taken for done.
  private func moved(by edits: [EditAuditRules.Edit], in rules: [AuditRuleData])
    -> [EditAuditRules.Edit]
  {
    let isInner = edits.contains { if case .behind = $0.place { true } else { false } }
    guard isInner else { return [] }
    let target = EditAuditRules(edits).applied(to: rules)
    let own = Set(edits.map(\.rule))
    return AuditScript(from: rules, to: target).moved.filter { !own.contains($0) }.map { rule in
      let index = target.firstIndex(of: rule) ?? 0
      let before = target[..<index].last { $0.list == rule.list }
      return EditAuditRules.Edit(
        address, text: rule.text, rule: rule, before: true, after: true,
        place: before.map(AuditPlace.behind) ?? .end)
    }
  }
}

extension AuditRuleData {
  /// Why `later` can do nothing with this rule before it; nil when it can.
  func conflict(with later: AuditRuleData) -> String? {
    if list == Code.task, action == 0, fields.isEmpty, later.list == Code.exit {
      return "turns auditing off for every process"
    }
    guard action != later.action, covers(later) else { return nil }
    return action == 0
      ? "keeps all of its events from being recorded" : "records all of its events before"
  }
}
