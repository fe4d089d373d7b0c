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

  /// A plan from playbooks; warnings are shown, mistakes thrown.
  static func plan(
    _ paths: [String], _ options: PlaybookOptions, prune: Bool, for purpose: Planner.Purpose,
    on host: borrowing Host, place: HostOptions, console: Console
  ) throws -> Plan {
    let request = try options.request(paths)
    let loaded = PlaybookLoader(catalog: catalog).load(request, on: host)
    guard let baseline = loaded.baseline else {
      throw PlaybookMistakes(diagnostics: loaded.diagnostics, texts: loaded.texts)
    }
    console.show(PlaybookMistakes(diagnostics: loaded.diagnostics, texts: loaded.texts))
    let answer = try planner.plan(
      baseline, selection: options.selection, for: purpose, on: host, history: try place.history())
    switch answer {
    case .mistakes(let found): throw PlaybookMistakes(diagnostics: found, texts: loaded.texts)
    case .plan(var plan):
      if prune, let store = try place.store() {
        try RollbackPlanner(tool: Harden.version, now: plan.created)
          .prune(&plan, on: host, store: store)
      }
      return plan
    }
  }

  /// A plan that was saved; nil when `path` is no saved plan.
  static func saved(_ path: String) throws -> Plan? {
    guard let bytes = try? UserFile.read(path, limit: Host.contentLimit),
      PlanFile.looksLike(bytes)
    else { return nil }
    return try PlanFile.decode(bytes)
  }
}
