internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem
internal import HardenViews

/// `harden first-boot`: completes on the running host what was left to it when its image was made.
struct FirstBootVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "first-boot",
    abstract: "Complete and verify what an image left to its first boot.",
    discussion: """
      An apply with --root sets what an image holds on disk, and leaves what only a running \
      kernel holds. This verb compares all of that on the running host, sets what differs in a \
      run of its own, and proves it. harden-firstboot.service runs it at each boot until nothing \
      is left.

      Exits with 4 when something cannot be told and with 3 when something stands in the way; \
      then the work is left, and harden status says so. What waits for another boot is left as \
      well.
      """)

  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func perform(_ console: Console) throws -> ExitCode {
    let host = try place.host()
    guard let store = try place.store() else { return try nothing(console) }
    let completion = FirstBoot(planner: Planning.planner)
    guard let work = try completion.work(on: host, store: store, history: try History(store)) else {
      try store.completeFirstBoot()
      return try nothing(console)
    }
    if !console.isJSON { try console.print(PlanText(work.plan, style: console.style).text) }
    var report = Report(run: nil, ending: .nothingToDo)
    // Where no control applies after all, nothing was promised and nothing is left.
    if work.plan.obstacles.map(\.kind) != [.nothing] {
      report = try Running.apply(
        work.plan, on: host, store: store,
        options: .init(
          accepted: work.accepted, actor: try RunOptions.parse([]).actor(label: "first-boot")))
    }
    let code = try console.finish(report, detailed: false)
    guard code == .success else { return code }
    if let open = work.plan.controls.first(where: { $0.verdict == .unmeasured }) {
      console.say(
        "harden: \(Escaped.text(open.id)) could not be compared: \(Escaped.text(open.reason ?? ""))"
      )
      return .attention
    }
    if report.awaitsReboot { return .success }
    try store.completeFirstBoot()
    return .success
  }

  private func nothing(_ console: Console) throws -> ExitCode {
    try console.finish(Report(run: nil, ending: .nothingToDo), detailed: false)
  }
}
