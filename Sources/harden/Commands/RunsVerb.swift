internal import ArgumentParser
internal import HardenModel
internal import HardenViews

/// `harden runs`: every run of this host.
struct RunsVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs of this host, newest first.")

  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func perform(_ console: Console) throws -> ExitCode {
    let runs = try place.runs()
    if console.isJSON {
      try console.print(JSONDocument("runs", runs.map(RunJSON.init), exit: .success))
    } else {
      try console.print(RunsText.text(runs, style: console.style))
    }
    return .success
  }
}
