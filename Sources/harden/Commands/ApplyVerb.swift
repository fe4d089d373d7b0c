internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem
internal import HardenViews

/// `harden apply`: carries out one plan, made from playbooks or saved before.
struct ApplyVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Bring the host to what playbooks or a saved plan say.",
    discussion: """
      The plan is shown first, and on a terminal harden asks. Before the first change everything \
      that an undo needs is on the disk; after the last one everything is observed again. A run \
      that fails puts back what it had done.

      EXAMPLES
        harden apply baseline.yaml
        harden apply web07.plan --yes
        harden apply baseline.yaml --confirm-within 5m
        harden apply modules.yaml --confirm-within 15m --on-reboot probe
        harden apply baseline.yaml --expect-plan 5f0c2a81d3e4 --yes --reason CHG-31
      """)

  @Argument(help: "Playbooks, or one saved plan.", completion: .file())
  var files: [String]

  @OptionGroup(title: "What is wanted") var wanted: PlaybookOptions
  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "The run") var run: RunOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup var report: ReportOptions

  enum OnFailure: String, ExpressibleByArgument, CaseIterable { case rollback, stop }

  @Option(
    name: .customLong("expect-plan"),
    help: ArgumentHelp("Refuse unless the plan has this id, or begins with it.", valueName: "id"))
  var expected: String?

  @Option(
    help: ArgumentHelp(
      "A name by which harden rollback --label finds the run again.", valueName: "text"))
  var label: String?

  @Option(name: .customLong("on-failure"), help: "What to do when a step fails.")
  var onFailure = OnFailure.rollback

  @Option(
    name: .customLong("accept-risk"),
    help: ArgumentHelp("Apply this control although its risk is high.", valueName: "control"))
  var acceptedRisks: [String] = []

  @Option(
    name: .customLong("accept-irreversible"),
    help: ArgumentHelp("Make this change although nothing undoes it.", valueName: "kind[name]"))
  var acceptedIrreversible: [String] = []

  @Option(
    name: .customLong("confirm-within"),
    help: ArgumentHelp(
      "Undo the run again unless harden confirm comes in this time, for example 5m.",
      valueName: "time"))
  var window: TimeSpan?

  @Option(
    name: .customLong("on-reboot"),
    help: "What a reboot in that time means: undo it, or let its canary decide.")
  var onReboot: OnReboot?

  @Flag(help: "Put back what the playbooks no longer ask for.")
  var prune = false

  @Flag(help: "List every control, and planes that already hold.")
  var full = false

  @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 2 when something was changed.")
  var isDetailed = false

  func perform(_ console: Console) throws -> ExitCode {
    guard window != nil || onReboot == nil else {
      throw CommandFailure(
        .usage, "--on-reboot is about the time in which a run waits to be confirmed",
        help: "say how long that is: --confirm-within 15m")
    }
    if window != nil, try Paths.absolute(place.root) != "/" {
      throw CommandFailure(
        .usage, "an image cannot be confirmed: nothing of it runs",
        help: "leave out --confirm-within")
    }
    let reports = try self.report.targets()
    let (plan, sources, seal, bytes) = try plan(console)
    if onReboot == .probe, plan.canary?.contains(where: \.isRequired) != true {
      throw CommandFailure(
        .usage, "after a reboot nothing would decide: the canary requires no probe",
        help: "write one in the playbook or in a file for --canary, or leave out --on-reboot probe")
    }
    let host = try place.host()
    try check(plan)
    try checkTrust(files + sources)
    if !console.isJSON {
      try console.print(
        PlanText(plan, isFull: full, seal: seal, onReboot: onReboot, style: console.style).text)
    }
    let stands = plan.obstacles.contains {
      !accepted.contains($0.subject) && !($0.kind == .risk && window != nil)
    }
    if !plan.isEmpty, !stands {
      try run.confirm(
        "Make these changes to \(Escaped.text(plan.host.name))?", console: console)
    }
    let store = try place.storeForWriting()
    let report = try Running.apply(
      plan, on: host, store: store,
      options: .init(
        rollsBack: onFailure == .rollback, accepted: accepted, window: window,
        onReboot: onReboot ?? .revert, written: bytes, actor: try run.actor(label: label)))
    let code = try console.finish(report, detailed: isDetailed)
    // The run is what it is, whatever becomes of papers about it.
    do { try reports.write(Assessment(plan, .apply, after: report), exit: code) } catch {
      _ = console.end(error)
    }
    return code
  }

  private var accepted: [String] { acceptedRisks + acceptedIrreversible }

  /// The plan, the files besides those named that it was made from just now, what its planner had
  /// given up, and its bytes.
  private func plan(_ console: Console) throws -> (
    Plan, sources: [String], seal: String?, bytes: [UInt8]?
  ) {
    for file in files {
      guard let saved = try Planning.saved(file) else { continue }
      guard files.count == 1, wanted.isEmpty, !prune else {
        throw CommandFailure(
          .usage, "\(file) is a saved plan, which is applied whole and alone",
          help: "make another plan to apply something else")
      }
      return (saved.plan, [], nil, saved.bytes)
    }
    let made = try Planning.plan(
      files, wanted, prune: prune, for: .applying, place: place, stays: false, console: console)
    return (made.plan, made.plan.sources.map(\.path), made.seal, made.bytes)
  }

  private func check(_ plan: Plan) throws {
    guard let expected else { return }
    guard expected.count >= 12 else {
      throw CommandFailure(
        .usage, "a plan's id has at least twelve digits, '\(expected)' has fewer")
    }
    guard plan.id.description.hasPrefix(expected) else {
      throw CommandFailure(
        .refused, "this host's plan is \(plan.id.short), not \(expected); nothing was changed",
        help: "see what differs: harden plan")
    }
  }

  /// What others can write may not be what was reviewed, unless the id says what was.
  private func checkTrust(_ paths: [String]) throws {
    guard expected == nil else { return }
    for path in paths {
      guard let doubt = FileTrust.doubt(of: try Paths.typed(path), trusted: FileTrust.callers)
      else { continue }
      throw CommandFailure(
        .refused, "\(path) may not be what you mean: \(doubt); nothing was changed",
        help: "take that right away, or say what was reviewed: --expect-plan ID")
    }
  }
}
