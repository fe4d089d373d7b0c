internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem
internal import HardenViews

/// `harden show`: one run, or a saved plan.
struct ShowVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a run with its plan, or a saved plan.",
    discussion: """
      EXAMPLES
        harden show              the newest run
        harden show 14
        harden show web07.plan
      """)

  @Argument(help: "The number of a run, or a saved plan.", completion: .runs)
  var what: String?

  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Flag(help: "List every control, and planes that already hold.")
  var full = false

  func perform(_ console: Console) throws -> ExitCode {
    if let what, Int(what) == nil {
      guard let plan = try Planning.saved(what)?.plan else {
        throw CommandFailure(
          .usage, "'\(what)' is neither the number of a run nor a saved plan",
          help: "harden runs lists the runs")
      }
      try show(plan, nil, console)
      return .success
    }
    guard let store = try place.store() else {
      throw Failure.noSuchRun("no runs on this host yet")
    }
    let runs = try History(store).summaries(store)
    let number = what.flatMap { Int($0) } ?? runs.last?.number
    guard let number, let run = runs.first(where: { $0.number == number }) else {
      throw Failure.noSuchRun("there is no run \(number ?? 0); harden runs lists them")
    }
    let plan = try store.plan(of: number)
    try show(plan, run, console)
    return .success
  }

  private func show(_ plan: Plan, _ run: RunSummary?, _ console: Console) throws {
    if console.isJSON {
      try console.print(JSONDocument("shown", Shown(run, plan), exit: .success))
      return
    }
    let style = console.style
    if let run { try console.print(RunsText.text([run], style: style) + "\n") }
    try console.print(PlanText(plan, isFull: full, style: style).text)
  }

  private struct Shown: Encodable {
    var run: RunJSON?
    var plan: PlanJSON

    init(_ run: RunSummary?, _ plan: Plan) {
      self.run = run.map(RunJSON.init)
      self.plan = PlanJSON(plan)
    }
  }
}
