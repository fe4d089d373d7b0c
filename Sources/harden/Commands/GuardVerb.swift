internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem

/// `harden guard`: undoes a run that was not confirmed in time; started by timers, not by people.
struct GuardVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "guard",
    abstract: "Undo a run that was not confirmed in time, or before a reboot.",
    discussion: "Looks at the run that waits, and does nothing while its time is not over.",
    shouldDisplay: false)

  @Flag(help: "Stay until the run has ended.")
  var watch = false

  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func perform(_ console: Console) throws -> ExitCode {
    CurrentProcess.leaveWorkingDirectory()
    while true {
      guard let store = try place.store() else { return .success }
      guard let waiting = try History(store).waiting else { return .success }
      if let left = try waiting.left(on: try place.host()) {
        guard watch else { return .success }
        // The run may have ended, or been given more time, by then.
        CurrentProcess.sleep(TimeSpan(seconds: min(left.seconds, 2)))
        continue
      }
      do {
        let actor = try RunOptions.parse([]).actor()
        let report = try Recovery(tool: Harden.version, clock: Running.clock)
          .recover(on: try place.host(), store: store, actor: actor, .unconfirmed)
        guard let report else { return .success }
        return try console.finish(report, detailed: false)
      } catch Failure.locked {
        CurrentProcess.sleep(TimeSpan(seconds: 1))
      }
    }
  }
}
