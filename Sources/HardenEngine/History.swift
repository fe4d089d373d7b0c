package import HardenModel
package import HardenSystem

/// What earlier runs did to this host and what of it is still in effect.
package struct History: Hashable, Sendable {
  /// Every finished run, oldest first.
  package private(set) var results: [RunResult] = []
  /// The run that was begun and never ended.
  package private(set) var unfinished: Int?
  /// What the unfinished run waits for, when it was begun to be confirmed.
  package private(set) var waiting: Waiting?
  /// Why nothing is known, when the state directory cannot be read.
  package private(set) var unknown: String?
  /// What each run that is in effect still holds.
  private var holding: [Int: [RunResult.Owned]] = [:]

  /// A host on which nothing was ever done.
  package init() {}

  /// A host whose runs cannot be read, and why.
  package init(unknown: String) { self.unknown = unknown }

  /// Reads every run of `store`.
  package init(_ store: borrowing RunStore) throws(Failure) {
    let numbers: [Int]
    do throws(SystemError) { numbers = try store.numbers() } catch { throw .system(error) }
    for run in numbers {
      guard let result = try store.result(of: run) else {
        unfinished = run
        // One that cannot be believed waits for a person, and harden recover says why.
        waiting = (try? store.journal(of: run)).flatMap { Waiting($0) }
        continue
      }
      results.append(result)
      account(result)
    }
  }

  private mutating func account(_ result: RunResult) {
    switch result.ending {
    case .applied, .rolledBack, .conflicts, .incomplete: break
    case .nothingToDo, .restored, .recovered, .waiting, .reverted: return
    }
    for orphan in result.restored {
      holding[orphan.run]?.removeAll { $0.address == orphan.address }
      if holding[orphan.run]?.isEmpty == true { holding[orphan.run] = nil }
    }
    if result.kind != .rollback, !result.changed.isEmpty { holding[result.run] = result.changed }
    if result.kind == .rollback, !result.changed.isEmpty {
      // Undoing a rollback puts what it restored back into effect.
      for owned in result.changed {
        guard let run = originalRun(of: owned) else { continue }
        holding[run, default: []].append(owned)
      }
    }
  }

  /// The run that first set what the rollback of a rollback brought back.
  private func originalRun(of owned: RunResult.Owned) -> Int? {
    results.last { $0.kind != .rollback && $0.changed.contains { $0.address == owned.address } }?
      .run
  }

  /// What comes back into effect when `plan` undoes rollbacks.
  func broughtBack(by plan: Plan) -> [RunResult.Owned] {
    plan.undoes.compactMap { run in results.first { $0.run == run && $0.kind == .rollback } }
      .flatMap(\.restored).compactMap { orphan in
        results.first { $0.run == orphan.run }?.changed.first { $0.address == orphan.address }
      }
  }

  /// Throws when a run has not ended: what changes the host has to wait for it.
  package func requireEnded(on host: borrowing Host) throws(Failure) {
    guard let run = unfinished else { return }
    if let waiting, waiting.isReady, let left = try waiting.left(on: host) {
      throw .waiting(run: run, left: left)
    }
    throw .unfinished(run: run)
  }

  /// The result of `run`.
  package func result(of run: Int) -> RunResult? { results.first { $0.run == run } }

  /// The rollback that undid `run` and is not undone itself.
  package func rollback(of run: Int) -> Int? {
    results.last {
      $0.restored.contains { $0.run == run } || $0.undoes.contains(run) && $0.kind == .rollback
    }.flatMap { result in rollback(of: result.run) == nil ? result.run : nil }
  }

  /// The runs that are in effect, newest first.
  package var inEffect: [Int] { holding.keys.sorted(by: >) }

  /// What `run` still holds.
  package func held(by run: Int) -> [RunResult.Owned] { holding[run] ?? [] }

  /// Who set `address` last, of the runs in effect.
  package func owner(of address: Address) -> (run: RunResult, owned: RunResult.Owned)? {
    for run in inEffect {
      if let owned = holding[run]?.first(where: { $0.address == address }),
        let result = results.first(where: { $0.run == run })
      {
        return (result, owned)
      }
    }
    return nil
  }

  /// Everything in effect that `playbooks` had asked for.
  package func held(for playbooks: [String]) -> [Orphan] {
    var seen: Set<Address> = []
    return inEffect.flatMap { run in
      held(by: run).filter { playbooks.contains($0.playbook) }.map {
        Orphan($0.address, playbook: $0.playbook, control: $0.control, run: run)
      }
    }.filter { seen.insert($0.address).inserted }
  }

  /// The run that used this very plan, if any: a plan is good for one run.
  package func run(using plan: Plan) -> Int? {
    results.first { $0.plan == plan.id && $0.planNonce == plan.nonce && $0.kind == plan.kind }?.run
  }
}
