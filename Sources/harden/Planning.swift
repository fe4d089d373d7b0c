internal import HardenCore
internal import HardenEngine
internal import HardenModel
internal import HardenPlaybook
internal import HardenResources
internal import HardenSystem

/// From the words of a command line to a plan, the same way for every verb that needs one.
enum Planning {
  /// The planner of this build.
  static var planner: Planner {
    Planner(catalog: catalog, tool: Harden.version, now: CurrentProcess.time)
  }

  /// A plan from playbooks, made by a process that can do nothing but read; warnings are shown,
  /// mistakes thrown.
  ///
  /// With `stays` that process is this one, which from then on can write nothing but its streams;
  /// otherwise it is a child, of which nothing comes back but a plan as one is saved.
  static func plan(
    _ paths: [String], _ options: PlaybookOptions, prune: Bool, for purpose: Planner.Purpose,
    place: HostOptions, stays: Bool, console: Console
  ) throws -> (plan: Plan, seal: String, bytes: [UInt8]?) {
    let make = {
      try sealed(paths, options, prune: prune, for: purpose, place: place, console: console)
    }
    guard !stays else {
      let (plan, seal) = try make()
      return (plan, seal, nil)
    }
    do {
      let bytes = try SealedChild.bytes(limit: Host.contentLimit) {
        do {
          let (plan, seal) = try make()
          return (Array("\(seal)\n".utf8) + (try PlanFile.encode(plan)), .success)
        } catch { return ([], console.end(error)) }
      }
      let seal = bytes.prefix { $0 != 0x0A }
      let saved = Array(bytes.dropFirst(seal.count + 1))
      return (try PlanFile.decode(saved), String(decoding: seal, as: UTF8.self), saved)
    } catch let ending as SealedChild.Ending {
      throw failure(ending)
    }
  }

  /// How a sealed process that did not end well ends this one.
  static func failure(_ ending: SealedChild.Ending) -> any Error {
    switch ending {
    case .said(let code): AlreadySaid(code: code)
    case .system(let error): error
    case .signal(let number):
      CommandFailure(.failed, "the planner was ended by signal \(number); nothing was changed")
    }
  }

  private static func sealed(
    _ paths: [String], _ options: PlaybookOptions, prune: Bool, for purpose: Planner.Purpose,
    place: HostOptions, console: Console
  ) throws -> (plan: Plan, seal: String) {
    var host = try place.host()
    let request = try options.request(paths)
    var seal = Seal()
    let loaded = PlaybookLoader(catalog: catalog).load(request, on: host)
    guard let baseline = loaded.baseline else {
      throw PlaybookMistakes(diagnostics: loaded.diagnostics, texts: loaded.texts)
    }
    console.show(PlaybookMistakes(diagnostics: loaded.diagnostics, texts: loaded.texts))
    host.holdPrivileged()
    seal.finish()
    let answer = try planner.plan(
      baseline, selection: options.selection, for: purpose, on: host, history: try place.history())
    switch answer {
    case .mistakes(let found): throw PlaybookMistakes(diagnostics: found, texts: loaded.texts)
    case .plan(var plan):
      if prune, let store = try place.store() {
        try RollbackPlanner(tool: Harden.version, now: plan.created)
          .prune(&plan, on: host, store: store)
      }
      return (plan, seal.sentence)
    }
  }

  /// A plan that was saved, with its bytes; nil when `path` is no saved plan.
  static func saved(_ path: String) throws -> (plan: Plan, bytes: [UInt8])? {
    guard let bytes = try? UserFile.read(path, limit: Host.contentLimit),
      PlanFile.looksLike(bytes)
    else { return nil }
    return (try PlanFile.decode(bytes), bytes)
  }
}
