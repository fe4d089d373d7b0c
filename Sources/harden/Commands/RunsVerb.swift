internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem
internal import HardenViews

/// `harden runs`: every run of this host.
struct RunsVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs of this host, newest first.",
    discussion: """
      With --prune, runs go that are neither in effect nor unfinished, that ended more than 90 \
      days ago or have 50 newer ones, and that no other record refers to; their before-images go \
      with them. Nothing else of the host is touched.
      """)

  @Flag(help: "Remove the records of runs that nobody can need any more.")
  var prune = false

  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func perform(_ console: Console) throws -> ExitCode {
    if prune, let store = try place.store() {
      let gone = try RunRetention.prune(store, now: CurrentProcess.time)
      console.say(
        gone.isEmpty
          ? "no run can go yet" : "removed runs " + gone.map(String.init).joined(separator: ", "))
    }
    let runs = try place.runs()
    if console.isJSON {
      try console.print(JSONDocument("runs", runs.map(RunJSON.init), exit: .success))
    } else {
      try console.print(RunsText.text(runs, style: console.style))
    }
    return .success
  }
}
