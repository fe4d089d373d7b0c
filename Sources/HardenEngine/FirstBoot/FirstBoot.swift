internal import HardenCore
package import HardenModel
package import HardenSystem

/// What runs on an image have left to its first boot, planned on the host that has booted.
///
/// Nothing of the image's own plan is carried out a second time: every resource that has a live half
/// is compared again, whole, and what differs becomes a plan and a run like any other.
package struct FirstBoot {
  private let planner: Planner

  /// The completion by `planner`.
  package init(planner: Planner) { self.planner = planner }

  /// What is left to do, with what was accepted by name when the image was changed.
  package struct Work: Sendable {
    /// What differs on the running host.
    package var plan: Plan
    /// Controls and addresses whose obstacles were accepted then.
    package var accepted: [String]
  }

  /// The work of every run in `store` that left some and still counts; nil when none did.
  package func work(on host: borrowing Host, store: borrowing RunStore, history: History)
    throws(Failure) -> Work?
  {
    let runs = try store.leftToFirstBoot().filter(history.stillCounts)
    guard !runs.isEmpty else { return nil }
    guard host.isLive else {
      throw .refused(["only a host that has booted can complete what its image left"])
    }
    var controls: [Control] = []
    var playbooks: [String] = []
    var accepted: [String] = []
    for run in runs {
      let plan = try store.plan(of: run)
      accepted += try store.acceptedForFirstBoot(run)
      playbooks += plan.playbooks.filter { !playbooks.contains($0) }
      for record in plan.leftToBoot ?? [] where !history.hasUndone(record.address, of: run) {
        try add(record, of: plan, to: &controls)
      }
    }
    switch try planner.plan(
      Baseline(playbooks: playbooks, sources: [], controls: controls), on: host, history: history)
    {
    case .mistakes(let found): throw .refused(found.map(\.message))
    case .plan(let plan): return Work(plan: plan, accepted: accepted)
    }
  }

  /// A later run of the same image has the last word on an address.
  private func add(_ record: ResourceRecord, of plan: Plan, to controls: inout [Control])
    throws(Failure)
  {
    for index in controls.indices {
      controls[index].resources.removeAll { $0.address == record.address }
    }
    let resource = try planner.resource(record)
    if let index = controls.firstIndex(where: { $0.id == record.control }) {
      controls[index].resources.append(resource)
      return
    }
    let known = plan.controls.first { $0.id == record.control }
    controls.append(
      Control(
        id: record.control, playbook: record.playbook, title: known?.title, why: known?.why,
        refs: known?.refs ?? [:], severity: known?.severity ?? .medium, tags: known?.tags ?? [],
        condition: record.condition, after: record.after, resources: [resource], at: record.at))
  }
}

extension History {
  /// Whether what `run` did to an image still counts: it ended well and was not undone.
  func stillCounts(_ run: Int) -> Bool {
    guard let result = result(of: run) else { return false }
    switch result.ending {
    case .applied: return result.changed.isEmpty || !held(by: run).isEmpty
    case .nothingToDo: return true
    default: return false
    }
  }

  /// Whether `run` had set `address` and does not hold it any more.
  func hasUndone(_ address: Address, of run: Int) -> Bool {
    result(of: run)?.changed.contains { $0.address == address } == true
      && !held(by: run).contains { $0.address == address }
  }
}
