internal import HardenEngine
internal import HardenModel
internal import HardenSystem

/// From a plan to a run, the same way for every verb that changes the host.
enum Running {
  /// Seconds since 1970.
  static let clock: @Sendable () -> Int64 = { CurrentProcess.time }

  /// Readies the process: what asks it to stop is heard between two steps, and no directory is held.
  static func prepare() {
    Interruption.catchSignals()
    CurrentProcess.leaveWorkingDirectory()
  }

  /// Carries out `plan`.
  static func apply(
    _ plan: Plan, on host: consuming Host, store: borrowing RunStore, options: Applier.Options
  ) throws -> Report {
    prepare()
    return try Applier(planner: Planning.planner, tool: Harden.version, clock: clock)
      .apply(plan, on: host, store: store, options: options)
  }
}
