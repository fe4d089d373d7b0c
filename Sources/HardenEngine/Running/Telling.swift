package import HardenModel
package import HardenSystem

/// What the host is told of a run, in its journal and in its audit trail.
///
/// Both are for others to read. harden's own journal is what counts, so neither being there, nor
/// failing, changes anything about the run.
struct Telling {
  /// What is being done: `apply`, `rollback`, `confirm`, `recover`, `guard`.
  let verb: String
  let run: Int
  let plan: Plan
  let actor: Actor

  /// The run begins.
  func began(on host: borrowing WritableHost) {
    let text = "run \(run) (\(verb)) begins: \(counted(plan.steps.count, "step"))"
    try? host.journal?.send(fields(.began, text))
  }

  /// The run ended as `report` says.
  func ended(_ report: Report, on host: borrowing WritableHost) {
    let done = report.entries.count { $0.outcome == .done }
    let restored = report.entries.count { $0.outcome == .restored }
    var more = fields(Notice(report.ending), sentence(report))
    more += [
      ("HARDEN_RESULT", report.word), ("HARDEN_DONE", "\(done)"),
      ("HARDEN_RESTORED", "\(restored)"),
    ]
    if let failure = report.failure { more.append(("HARDEN_FAILURE", failure)) }
    try? host.journal?.send(more)
    let succeeded = [.applied, .nothingToDo, .rolledBack, .waiting].contains(report.ending)
    try? host.tellAudit(
      [
        ("op", "harden-\(verb)"), ("run", "\(run)"), ("plan", plan.id.description),
        ("done", "\(done)"), ("restored", "\(restored)"),
      ], succeeded: succeeded)
  }

  private func fields(_ notice: Notice, _ text: String) -> [HostJournal.Field] {
    var fields = HostJournal.fields(notice, text)
    fields += [
      ("HARDEN_VERB", verb), ("HARDEN_RUN", "\(run)"), ("HARDEN_PLAN", plan.id.description),
      ("HARDEN_STEPS", "\(plan.steps.count)"),
    ]
    fields += plan.playbooks.map { ("HARDEN_PLAYBOOK", $0) }
    if let label = actor.label { fields.append(("HARDEN_LABEL", label)) }
    if let reason = actor.reason { fields.append(("HARDEN_REASON", reason)) }
    return fields
  }

  private func sentence(_ report: Report) -> String {
    let failure = report.failure.map { ": \($0)" } ?? ""
    return switch report.ending {
    case .applied where report.awaitsReboot:
      "run \(run) is pending: some of it holds only after the next reboot"
    case .applied: "run \(run) is done: \(counted(plan.steps.count, "step"))"
    case .nothingToDo: "run \(run) had nothing to do"
    case .waiting: "run \(run) waits to be confirmed, and undoes itself unless it is"
    case .restored: "run \(run) failed, and everything was put back\(failure)"
    case .rolledBack:
      "run \(run) has put back what \(plan.undoes.map { "run \($0)" }.joined(separator: ", ")) had set"
    case .conflicts: "run \(run) left alone what others have changed since"
    case .reverted: "run \(run) was not confirmed and has been undone\(failure)"
    case .recovered: "run \(run) had been interrupted and is put right"
    case .incomplete: "run \(run) wants a person\(failure)"
    }
  }
}

extension HostJournal {
  /// The fields that every entry begins with.
  fileprivate static func fields(_ notice: Notice, _ text: String) -> [Field] {
    [
      ("MESSAGE", text), ("MESSAGE_ID", notice.id), ("PRIORITY", "\(notice.priority)"),
      ("SYSLOG_IDENTIFIER", "harden"),
    ]
  }

  /// Tells what has drifted: the changes of `plan`, which compares what earlier runs had set.
  package func tellDrift(_ plan: Plan) throws(SystemError) {
    let names = plan.changes.map(\.address.description)
    let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    try send(
      Self.fields(
        .drifted,
        "\(counted(names.count, "resource")) not as harden had set: \(shown)")
        + [
          ("HARDEN_VERB", "drift"), ("HARDEN_RESULT", "drift"),
          ("HARDEN_DRIFTED", "\(names.count)"),
        ]
        + names.prefix(100).map { ("HARDEN_RESOURCE", $0) })
  }
}
