internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem
internal import HardenViews

/// `harden confirm`: makes a run that waits to be confirmed stay.
struct ConfirmVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Confirm that this host can still be used, and make the waiting run stay.",
    discussion: """
      Comes from a login that began after the apply: that one can log in is what it shows. The \
      canary is asked again, and then what has waited is done: whatever holds beyond the next \
      boot, and what cannot be undone. If that fails, the whole run is put back.

      A login is known by the session that audit records of it. Where it records none, as in \
      most containers (/proc/self/sessionid is 4294967295), any session begun since counts as a \
      new login.

      EXAMPLES
        harden confirm
        harden confirm --extend 10m
      """)

  @Option(
    help: ArgumentHelp(
      "Do not confirm yet, but give the run this time from now on.", valueName: "time"))
  var extend: TimeSpan?

  @Flag(
    name: .customLong("same-session"),
    help: "Accept a login from before the apply, which shows nothing.")
  var sameSession = false

  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 2 when something was changed.")
  var isDetailed = false

  func perform(_ console: Console) throws -> ExitCode {
    let host = try place.host()
    guard let store = try place.store() else { throw Failure.nothingWaits }
    Running.prepare()
    let applier = Applier(planner: Planning.planner, tool: Harden.version, clock: Running.clock)
    let actor = try RunOptions.parse([]).actor()
    let report =
      if let extend {
        try applier.extend(by: extend, on: host, store: store, actor: actor)
      } else {
        try applier.confirm(on: host, store: store, actor: actor, sameSession: sameSession)
      }
    return try console.finish(report, detailed: isDetailed)
  }
}

extension TimeSpan: ExpressibleByArgument {
  /// Reads `30s`, `5m` or `2h`.
  package init?(argument: String) { self.init(argument) }
}

extension OnReboot: ExpressibleByArgument {}
