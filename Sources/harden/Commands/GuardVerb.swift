internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem

/// `harden guard`: undoes a run that was not confirmed in time; started by timers, not by people.
struct GuardVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "guard",
    abstract: "Undo a run that was not confirmed in time, or before a reboot.",
    discussion: """
      Looks at the run that waits, and does nothing while its time is not over. In a boot after \
      which the canary decides, its time begins anew.
      """,
    shouldDisplay: false)

  @Flag(help: "Stay until the run has ended.")
  var watch = false

  @Flag(help: "After such a reboot, ask the canary, which confirms the run or undoes it.")
  var canary = false

  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func perform(_ console: Console) throws -> ExitCode {
    CurrentProcess.leaveWorkingDirectory()
    while true {
      guard let store = try place.store() else { return .success }
      guard let waiting = try History(store).waiting else { return .success }
      do {
        if let report = try look(at: waiting, store), !watch || report.ending != .waiting {
          return try console.finish(report, detailed: false)
        }
        guard watch else { return .success }
        // The run may have ended, or been given more time, by then.
        CurrentProcess.sleep(TimeSpan(seconds: 1))
      } catch Failure.locked {
        CurrentProcess.sleep(TimeSpan(seconds: 1))
      }
    }
  }

  /// What has become of the run; nil while there is nothing to do.
  private func look(at waiting: Waiting, _ store: borrowing RunStore) throws -> Report? {
    let host = try place.host()
    let actor = try RunOptions.parse([]).actor()
    if canary {
      let report = try Applier(
        planner: Planning.planner, tool: Harden.version, clock: Running.clock
      ).decide(on: try host.copy(), store: store, actor: actor)
      if let report { return report }
    }
    let recovery = Recovery(tool: Harden.version, clock: Running.clock)
    // Without the lock, which whoever confirms needs.
    guard try waiting.isDue(on: host) else {
      if !watch { try recovery.keepAlarm(on: host, store: store) }
      return nil
    }
    return try recovery.recover(on: host, store: store, actor: actor, .unconfirmed)
  }
}
