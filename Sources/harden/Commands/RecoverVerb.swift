internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem

/// `harden recover`: puts right a run that was interrupted.
struct RecoverVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "recover",
    abstract: "Put right a run that was interrupted.",
    discussion: """
      Looks at the host itself, step by step: what is done, what is not, and what is neither. An \
      apply is undone, a rollback is finished; what somebody else has changed is left alone and \
      named. Where nothing was interrupted it does nothing.
      """)

  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func perform(_ console: Console) throws -> ExitCode {
    let host = try place.host()
    let actor = Actor(
      login: CurrentProcess.identifier("loginuid"), session: CurrentProcess.identifier("sessionid"),
      user: CurrentProcess.user, command: CommandLine.arguments)
    guard let store = try place.store() else {
      return try console.finish(Report(run: nil, ending: .nothingToDo), detailed: false)
    }
    Running.prepare()
    let report = try Recovery(tool: Harden.version, clock: Running.clock)
      .recover(on: host, store: store, actor: actor)
    return try console.finish(report ?? Report(run: nil, ending: .nothingToDo), detailed: false)
  }
}
