internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem
internal import HardenViews

/// `harden rollback`: puts back what earlier runs changed, as a plan of its own.
struct RollbackVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Put back what a run changed, exactly.",
    discussion: """
      Needs no playbook. Without a number the newest apply that is still in effect is undone. \
      What somebody else has changed since is a conflict: it is kept and reported unless you say \
      otherwise. A rollback is a run of its own and can be rolled back by its number.

      EXAMPLES
        harden rollback                  undo the newest apply
        harden rollback --plan           show what that would do
        harden rollback 14 --only kernel-pointers
        harden rollback --to origin      undo everything
      """)

  @Argument(help: "The number of the run to undo.", completion: .runs)
  var number: Int?

  @Option(
    help: ArgumentHelp("Only these, by control or kind[name].", valueName: "name"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      "Undo every run after this one, newest first; 'origin' undoes all.", valueName: "run"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      "Undo every run in effect that was given this name, newest first.", valueName: "text"))
  var label: String?

  @Flag(name: .customLong("plan"), help: "Only show what would be done.")
  var isPreview = false

  enum OnConflict: String, ExpressibleByArgument, CaseIterable { case keep, restore, abort }

  @Option(name: .customLong("on-conflict"), help: "What to do with values changed since.")
  var onConflict = OnConflict.keep

  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "The run") var run: RunOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Flag(help: "Show planes that already hold, too.")
  var full = false

  @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 2 when something is to change.")
  var isDetailed = false

  func perform(_ console: Console) throws -> ExitCode {
    let host = try place.host()
    guard let store = try place.store() else {
      if let number { throw Failure.noSuchRun("there is no run \(number); this host has none") }
      return try nothing(console)
    }
    let history = try History(store)
    if let waiting = history.waiting, number ?? waiting.run == waiting.run, to == nil,
      label == nil, only.isEmpty
    {
      return try giveUp(waiting, on: host, store, console)
    }
    try history.requireEnded(on: host)
    let targets = try RollbackTargets.runs(number: number, to: to, label: label, in: history)
    guard !targets.isEmpty else { return try nothing(console) }
    let plan = try RollbackPlanner(tool: Harden.version, now: CurrentProcess.time).plan(
      undoing: targets, only: only, conflicts: policy, on: host, store: store, history: history)
    if isPreview {
      let code = plan.exit(detailed: isDetailed)
      if console.isJSON {
        try console.print(JSONDocument("plan", PlanJSON(plan), exit: code))
      } else {
        try show(plan, next: next, console)
      }
      return code
    }
    if !console.isJSON { try show(plan, next: nil, console) }
    if !plan.isEmpty, plan.obstacles.isEmpty {
      try run.confirm("Put this back on \(Escaped.text(plan.host.name))?", console: console)
    }
    let report = try Running.apply(
      plan, on: host, store: store, options: .init(actor: try run.actor()))
    return try console.finish(report, detailed: isDetailed)
  }

  /// Undoes a run that waits to be confirmed, as its guard would.
  private func giveUp(
    _ waiting: Waiting, on host: consuming Host, _ store: borrowing RunStore, _ console: Console
  ) throws -> ExitCode {
    if isPreview {
      console.say("run \(waiting.run) waits to be confirmed; undoing it puts everything back")
      return .success
    }
    try run.confirm("Undo run \(waiting.run), which waits to be confirmed?", console: console)
    Running.prepare()
    let report = try Recovery(tool: Harden.version, clock: Running.clock)
      .recover(on: host, store: store, actor: try run.actor(), .givenUp)
    return try console.finish(
      report ?? Report(run: nil, ending: .nothingToDo), detailed: isDetailed)
  }

  private func show(_ plan: Plan, next: String?, _ console: Console) throws {
    try console.print(
      PlanText(plan, isFull: full, next: next, style: console.style).text)
  }

  private func nothing(_ console: Console) throws -> ExitCode {
    try console.finish(Report(run: nil, ending: .nothingToDo), detailed: isDetailed)
  }

  private var policy: ConflictPolicy {
    switch onConflict {
    case .keep: .keep
    case .restore: .restore
    case .abort: .abort
    }
  }

  private var next: String {
    var given = number.map { ["\($0)"] } ?? []
    given += only.flatMap { ["--only", $0] }
    if let to { given += ["--to", to] }
    if let label { given += ["--label", label] }
    if onConflict != .keep { given += ["--on-conflict", onConflict.rawValue] }
    given += place.words
    return Paths.commandLine(
      (CurrentProcess.isRoot ? [] : ["sudo"]) + ["harden", "rollback"] + given)
  }
}
