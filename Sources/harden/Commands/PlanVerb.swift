internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem
internal import HardenViews

/// `harden plan`: what would be done, and why; it reads and never writes.
struct PlanVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what an apply would do, and why.",
    discussion: """
      Nothing is changed and no program is run. Needs no privileges; what the caller cannot read \
      is called unmeasured.

      EXAMPLES
        harden plan baseline.yaml
        harden plan baseline.yaml --only kernel --full
        harden plan baseline.yaml --out web07.plan && harden apply web07.plan
        harden plan baseline.yaml --root /mnt/image
      """)

  @Argument(help: "The playbooks.", completion: .playbooks)
  var playbooks: [String]

  @OptionGroup(title: "What is wanted") var wanted: PlaybookOptions
  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup var report: ReportOptions

  @Option(help: ArgumentHelp("Save the plan, to be applied as it is.", valueName: "file"))
  var out: String?

  @Flag(help: "List every control, and planes that already hold.")
  var full = false

  @Flag(help: "Plan to put back what the playbooks no longer ask for.")
  var prune = false

  @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 2 for changes, 5 for drift only.")
  var isDetailed = false

  func perform(_ console: Console) throws -> ExitCode {
    let reports = try report.targets()
    // What is written afterwards needs a process that still can.
    let stays = out == nil && reports.isEmpty
    let (plan, seal, bytes) = try Planning.plan(
      playbooks, wanted, prune: prune, for: stays ? .showing : .applying, place: place,
      stays: stays, console: console)
    let savedTo = try out.map { path in
      try UserFile.store(try bytes ?? PlanFile.encode(plan), at: path)
      return path
    }
    let code = plan.exit(detailed: isDetailed)
    try reports.write(Assessment(plan, .plan), exit: code)
    if console.isJSON {
      try console.print(JSONDocument("plan", PlanJSON(plan, seal: seal), exit: code))
    } else {
      try console.print(
        PlanText(
          plan, isFull: full, savedTo: savedTo, seal: seal, next: next(plan),
          style: console.style
        ).text)
    }
    return code
  }

  private func next(_ plan: Plan) -> String {
    let whole =
      if let out { ["apply", out] + place.words } else {
        ["apply"] + playbooks + wanted.words + (prune ? ["--prune"] : []) + place.words
          + ["--expect-plan", plan.id.description]
      }
    return Paths.commandLine((CurrentProcess.isRoot ? [] : ["sudo"]) + ["harden"] + whole)
  }
}
