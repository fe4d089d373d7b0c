internal import ArgumentParser
internal import HardenCore
internal import HardenEngine
internal import HardenModel
internal import HardenResources
internal import HardenSystem
internal import HardenViews

/// `harden drift`: whether what earlier runs set still holds; it needs no playbook.
struct DriftVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Show what is no longer as earlier runs had set it.",
    discussion: """
      Compares everything that runs in effect hold with this host, and changes nothing. What \
      their playbooks only look at (probes) is looked at again, and has drifted where it held \
      then and does not now. What waits for a reboot has not drifted and is told by itself, and \
      so is what cannot be compared: drift runs nothing, so that a probe of a command or a server \
      is not asked.

      EXAMPLES
        harden drift
        harden drift --detailed-exitcode --format json
      """)

  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup var report: ReportOptions

  @Flag(
    name: .customLong("detailed-exitcode"),
    help: "Exit with 5 when something has drifted, else with 6 when something waits for a reboot.")
  var isDetailed = false

  func perform(_ console: Console) throws -> ExitCode {
    let reports = try report.targets()
    let host = try place.host()
    let plan = try compared(on: host)
    let isWaiting = plan.controls.contains { $0.verdict == .pending }
    let code: ExitCode =
      !isDetailed ? .success : !plan.changes.isEmpty ? .drift : isWaiting ? .waiting : .success
    if host.isLive, CurrentProcess.isRoot, !plan.changes.isEmpty {
      // Whoever asked is told here; a host without journald has nobody else to tell.
      try? HostJournal().tellDrift(plan)
    }
    try reports.write(Assessment(plan, .drift), exit: code)
    if console.isJSON {
      try console.print(JSONDocument("drift", PlanJSON(plan), exit: code))
    } else {
      try console.print(DriftText(plan, style: console.style).text)
    }
    return code
  }

  /// Whose changes are what has drifted.
  private func compared(on host: borrowing Host) throws -> Plan {
    guard let store = try place.store() else { return try empty(on: host) }
    let history = try History(store)
    return try Planning.planner.compared(
      try held(history, store, on: host), with: host, history: history)
  }

  private func empty(on host: borrowing Host) throws -> Plan {
    Plan(
      kind: .apply, tool: Harden.version, created: CurrentProcess.time,
      host: try HostIdentity(of: host))
  }

  /// A plan of nothing but what runs in effect hold, as it was asked for then.
  private func held(_ history: History, _ store: borrowing RunStore, on host: borrowing Host) throws
    -> Plan
  {
    var plan = try empty(on: host)
    for run in history.inEffect.reversed() {
      let held = Set(history.held(by: run).map(\.address))
      let record = try store.plan(of: run)
      let unmet = Set(record.unmet.map(\.address))
      for resource in record.resources {
        // A probe is never set. One that did not hold when it was asked for has not drifted.
        let isProbe = resource.address.kind == HostProbe.manual.kind
        if isProbe, unmet.contains(resource.address) {
          plan.resources.removeAll { $0.address == resource.address }
        }
        guard held.contains(resource.address) || isProbe && !unmet.contains(resource.address) else {
          continue
        }
        plan.resources.removeAll { $0.address == resource.address }
        plan.resources.append(resource)
      }
      plan.playbooks += record.playbooks.filter { !plan.playbooks.contains($0) }
    }
    return plan
  }
}
