internal import HardenEngine
internal import HardenModel

/// A host's history in the words that views know.
extension History {
  /// Every run, oldest first, the unfinished one last.
  func summaries(_ store: borrowing RunStore) throws -> [RunSummary] {
    var runs = results.map(summary)
    if let unfinished, let begin = try store.journal(of: unfinished).begin {
      let plan = try store.plan(of: unfinished)
      let state = waiting?.isReady == true ? RunSummary.State.waiting : .unfinished
      runs.append(
        RunSummary(
          number: unfinished, kind: begin.kind, state: state, began: begin.at, ended: nil,
          plan: begin.plan, playbooks: plan.playbooks, undoes: plan.undoes, steps: begin.steps,
          by: begin.actor.name, label: begin.actor.label, reason: begin.actor.reason))
      runs[runs.count - 1].until = waiting?.terms.until
      runs[runs.count - 1].onReboot = waiting?.terms.onReboot
      runs[runs.count - 1].isRebooted = waiting?.isRebooted ?? false
    }
    return runs
  }

  private func summary(_ result: RunResult) -> RunSummary {
    RunSummary(
      number: result.run, kind: result.kind, state: state(result), began: result.began,
      ended: result.ended, plan: result.plan, playbooks: result.playbooks, undoes: result.undoes,
      steps: result.changed.count + result.restored.count, by: result.actor.name,
      label: result.actor.label, reason: result.actor.reason)
  }

  private func state(_ result: RunResult) -> RunSummary.State {
    switch result.ending {
    case .nothingToDo: return .empty
    case .restored, .recovered: return .restored
    case .reverted: return .reverted
    case .waiting: return .waiting
    case .incomplete: return .incomplete
    case .rolledBack, .conflicts: return rollback(of: result.run) == nil ? .done : .undone
    case .applied:
      let held = held(by: result.run).count
      return held == 0 ? .undone : held < result.changed.count ? .partlyInEffect : .inEffect
    }
  }
}

extension JournalReading {
  /// The record that the run begins with.
  var begin: JournalRecord.Begin? {
    for case .begin(let begin) in records { return begin }
    return nil
  }
}

extension Actor {
  /// Who it was, in a few words.
  var name: String {
    let user = "uid \(login ?? user)"
    return session.map { "\(user), session \($0)" } ?? user
  }
}
