internal import HardenCore
internal import HardenModel
internal import HardenSystem

/// Turns what was found into the changes and steps of a plan.
struct PlanFilling {
  let work: Convergence
  let history: History

  /// Sets changes, steps, contents and interlocks of `plan`, which is for `host`.
  func fill(_ plan: inout Plan, askers: [Convergence.Asker], on host: borrowing Host)
    throws(SystemError)
  {
    plan.steps = work.ordered(askers).map { entry in
      PlannedStep(entry.step, for: entry.askers.map { work.findings[$0].resource.address })
    }
    plan.contents = Dictionary(
      uniqueKeysWithValues: work.contents.filter { work.secrets[$0.key] == nil }
        .map { ($0.key.description, Bytes($0.value)) })
    let secrets = work.secrets.map { ($0.key.description, $0.value) }
    plan.secrets = secrets.isEmpty ? nil : Dictionary(uniqueKeysWithValues: secrets)
    // Two controls may ask for the same, which is shown once, or for different things of one
    // resource, such as two options of a mount, which are both done and both shown.
    var shown: Set<Shown> = []
    plan.changes = work.findings.compactMap(change).filter {
      shown.insert(Shown(address: $0.address, planes: $0.planes)).inserted || $0.refusal != nil
    }
    plan.obstacles.removeAll { $0.kind == .interlock }
    plan.obstacles += work.findings.filter(\.observation.differs).flatMap(interlocks)
    plan.obstacles += try HostInterlocks(
      plan.steps, work.contents.mapValues(\.count), on: host
    ).obstacles
  }

  private struct Shown: Hashable {
    var address: Address
    var planes: [PlaneState]
  }

  /// What would break on this host, each with what to do.
  private func interlocks(_ finding: Convergence.Finding) -> [Obstacle] {
    let (address, control) = (finding.resource.address, finding.resource.owner.control)
    return finding.observation.risks.map {
      Obstacle(.interlock, control, "\(address): \($0); accept it with --accept-risk \(control)")
    }
  }

  private func change(_ finding: Convergence.Finding) -> Change? {
    let observation = finding.observation
    let action: Change.Action
    var refusal: String?
    switch observation.standing {
    case .notApplicable, .unmeasured: return nil
    case .refused(let why): (action, refusal) = (.refuse, why)
    case .unmet: action = .unmet
    case .measured:
      guard observation.differs else { return nil }
      action = self.action(observation.planes)
    }
    let resource = finding.resource
    var notes = observation.notes
    if finding.isSideEffect {
      notes.append("as wanted now, but an earlier step of this plan changes it")
    }
    if finding.isMended { notes.append("other steps of this plan make it so") }
    return Change(
      resource.address, action: action, control: resource.owner.control, at: resource.at,
      planes: observation.planes,
      reversibility: observation.steps.map(\.reversibility).max() ?? .exact,
      drifted: drift(of: resource, observation.planes), refusal: refusal, notes: notes)
  }

  /// The run that had set it and does not find it so any more; nil where the host is as that run left
  /// it, or never came to what it wanted, and only the playbook asks for something else by now.
  private func drift(of resource: Resource, _ planes: [PlaneState]) -> Drift? {
    guard let (run, owned) = history.owner(of: resource.address),
      owned.playbook == resource.owner.playbook, owned.awaited != true,
      owned.wanted != PlanIdentity.found(planes)
    else { return nil }
    return Drift(run: run.run, at: run.ended)
  }

  private func action(_ planes: [PlaneState]) -> Change.Action {
    let differing = planes.filter(\.differs)
    if differing.allSatisfy({ $0.observed == nil }) { return .create }
    return differing.allSatisfy { $0.wanted == nil } ? .remove : .update
  }

  /// Values that runs of other playbooks hold and these want otherwise.
  func clashes(with playbooks: [String]) -> [Diagnostic] {
    work.findings.compactMap { finding in
      let resource = finding.resource
      guard finding.observation.differs,
        let owner = history.owner(of: resource.address),
        owner.owned.playbook != resource.owner.playbook,
        owner.owned.wanted != PlanIdentity.wanted(finding.observation.planes)
      else { return nil }
      return Diagnostic(
        .contradiction,
        "\(resource.address) is held by playbook '\(owner.owned.playbook)' (run \(owner.run.run)), which wants it otherwise",
        at: resource.at, help: "roll that run back, or let one of the playbooks go without it",
        notes: owner.owned.at.map { [.init("\(owner.owned.control) asks for it here", at: $0)] }
          ?? [])
    }
  }
}
