internal import HardenModel
internal import HardenSystem

extension RunResult {
  /// The result of `run`, which carried out `plan`.
  init(
    _ run: borrowing Run, _ plan: Plan, ending: Report.Ending, began: Int64, ended: Int64,
    actor: Actor, failure: String?, _ history: History
  ) {
    let records = Dictionary(plan.resources.map { ($0.control, $0) }) { first, _ in first }
    var reached: Set<Address> = []
    for entry in run.entries {
      switch entry.outcome {
      case .done, .already: reached.formUnion(entry.addresses)
      default: break
      }
    }
    let changed: [Owned] =
      switch (plan.kind, ending) {
      case (.apply, .applied), (.apply, .incomplete), (.prune, .applied), (.prune, .incomplete):
        plan.changes.filter { reached.contains($0.address) && records[$0.control] != nil }.map {
          Owned(
            address: $0.address, playbook: records[$0.control]?.playbook ?? "",
            control: $0.control, at: $0.at, wanted: PlanIdentity.wanted($0.planes),
            awaited: $0.planes.contains { $0.awaits != nil } ? true : nil)
        }
      case (.rollback, .rolledBack), (.rollback, .conflicts): history.broughtBack(by: plan)
      default: []
      }
    let restores = [.applied, .rolledBack, .conflicts].contains(ending) && plan.kind != .apply
    self.init(
      run: run.number, kind: plan.kind, plan: plan.id, planNonce: plan.nonce, ending: ending,
      began: began, ended: ended, actor: actor, playbooks: plan.playbooks,
      undoes: plan.undoes, changed: changed,
      restored: restores ? plan.orphans : [],
      failure: failure, journalLength: run.journalBytes.count,
      journalDigest: Digest(of: run.journalBytes))
  }
}
