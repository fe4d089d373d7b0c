internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem
internal import HardenViews

/// `harden status`: what is in effect, and what wants a person.
struct StatusVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show what is in effect on this host, and what wants attention.",
    discussion: """
      Exits with 4 when a run was interrupted or is not fully put back, and when something that \
      an image left to its first boot is still not done.
      """)

  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func perform(_ console: Console) throws -> ExitCode {
    let runs = try place.runs()
    let firstBoot = StatusText.FirstBoot(
      runs: try place.store()?.leftToFirstBoot() ?? [], isLate: try place.host().isLive)
    let code = StatusText.exit(runs, firstBoot: firstBoot)
    if console.isJSON {
      try console.print(JSONDocument("status", runs.map(RunJSON.init), exit: code))
    } else {
      try console.print(StatusText.text(runs, firstBoot: firstBoot, style: console.style))
    }
    return code
  }
}
