internal import HardenEngine
internal import HardenModel

/// Which runs the words of a rollback mean.
enum RollbackTargets {
  /// The runs to undo, newest first; empty when nothing is in effect.
  static func runs(number: Int?, to: String?, label: String?, in history: History) throws -> [Int] {
    let inEffect = history.inEffect
    guard [number != nil, to != nil, label != nil].count(where: { $0 }) <= 1 else {
      throw CommandFailure(.usage, "name a run, or --to, or --label, and only one of them")
    }
    if let label {
      guard history.results.contains(where: { $0.actor.label == label }) else {
        throw Failure.noSuchRun("no run was given the label '\(label)'; harden runs lists them")
      }
      return inEffect.filter { history.result(of: $0)?.actor.label == label }
    }
    if let to {
      if to == "origin" { return inEffect }
      guard let last = Int(to), history.results.contains(where: { $0.run == last }) else {
        throw Failure.noSuchRun("--to wants the number of a run or 'origin', not '\(to)'")
      }
      return inEffect.filter { $0 > last }
    }
    guard let number else { return inEffect.first.map { [$0] } ?? [] }
    guard let result = history.results.first(where: { $0.run == number }) else {
      throw Failure.noSuchRun("there is no run \(number); harden runs lists them")
    }
    guard result.kind == .rollback || inEffect.contains(number) else {
      throw Failure.noSuchRun("nothing of run \(number) is in effect")
    }
    return [number]
  }
}
