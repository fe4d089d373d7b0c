package import HardenModel
package import HardenSystem

/// Starts, stops and restarts units of systemd, and makes it read its unit files again.
enum UnitSetter: Actuator {
  static func standing(of order: SetUnit, on host: borrowing Host) throws(SystemError) -> Standing {
    switch order {
    case .run(let unit, let isRunning):
      return try isActive(unit, host) == isRunning ? .after : .before
    case .restart(let unit, let invocation):
      guard try isActive(unit, host) else { return .neither("\(unit) is not active") }
      return try host.start(ofUnit: unit)?.invocation == invocation ? .before : .after
    case .reload(let paths): return try host.isUnread(paths) ? .before : .after
    case .reread(let unit, let owner, let paths):
      guard try isActive(unit, host) else { return .after }
      return try host.isOutdated(unit, owner, by: paths) ? .before : .after
    }
  }

  static func capture(_ order: SetUnit, on host: borrowing Host) throws(SystemError) -> Capture {
    guard case .run(let unit, _) = order else { return Capture(.unit(UnitImage())) }
    return Capture(.unit(UnitImage(isActive: try isActive(unit, host))))
  }

  static func perform(
    _ order: SetUnit, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError) {
    switch order {
    case .run(let unit, true):
      try readAnew(unit, on: host)
      try host.startUnit(unit)
      try require(unit, host.host)
    case .run(let unit, false): try host.stopUnit(unit)
    case .restart(let unit, _):
      try host.restartUnit(unit, temporary: temporary)
      try require(unit, host.host)
    case .reload: try host.reloadUnits()
    case .reread(let unit, let owner, _):
      try host.requireTaken(by: owner)
      try host.reread(unit, owner, temporary: temporary)
      if try host.host.fresh().units().isUp { try require(unit, host.host) }
    }
  }

  /// With two states there is no third: what is not as before is as the run left it.
  static func undo(
    _ order: SetUnit, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    guard case .run(let unit, _) = order, case .unit(let image) = before,
      let wasActive = image.isActive, host.hasServiceManager, try host.units().isUp,
      try isActive(unit, host) != wasActive
    else { return Undo() }
    return Undo([.setUnit(.run(unit: unit, isRunning: wasActive))])
  }

  /// Undoing starts what is no longer masked before anything else tells systemd so.
  fileprivate static func readAnew(_ unit: String, on host: borrowing WritableHost)
    throws(SystemError)
  {
    if try host.host.fresh().isUnread(["/etc/systemd/system/\(unit)"]) { try host.reloadUnits() }
  }

  /// A start that succeeded may still have led to nothing.
  private static func require(_ unit: String, _ host: borrowing Host) throws(SystemError) {
    let state = try host.fresh().units().states[unit]
    guard state?.active != "active", state?.active != "reloading" else { return }
    throw SystemError(
      refusing: "unit \(unit)",
      "it is \(state?.active ?? "inactive") after its start; journalctl -u \(unit) says why")
  }

  private static func isActive(_ unit: String, _ host: borrowing Host) throws(SystemError) -> Bool {
    try host.units().states[unit]?.isActive ?? false
  }
}

extension Actuators {
  /// While a boot goes on that began with the files of a run, has it come to what `before` tells of
  /// the unit of `step`, whose files are back.
  package static func redirectBoot(
    _ step: Step, to before: Image, on host: borrowing WritableHost
  ) throws(SystemError) {
    guard case .setUnit(.run(let unit, _)) = step, case .unit(let image) = before,
      let wasActive = image.isActive, host.host.hasServiceManager,
      try host.host.fresh().units().isComingUp
    else { return }
    try UnitSetter.readAnew(unit, on: host)
    try host.queueUnit(unit, isRunning: wasActive)
  }

  /// What has to follow once `step` and the files that it followed are undone: systemd reads them
  /// again, and a process that was restarted for them is restarted.
  package static func settling(_ step: Step, on host: borrowing Host) throws(SystemError) -> Step? {
    guard case .setUnit(let order) = step, order.followsFiles, host.hasServiceManager else {
      return nil
    }
    switch order {
    case .run: return nil
    case .reload: return step
    case .reread(let unit, let owner, let paths):
      return try host.isOutdated(unit, owner, by: paths) ? step : nil
    case .restart(let unit, let invocation):
      let units = try host.units()
      let start = try host.start(ofUnit: unit)
      guard units.isUp, let state = units.states[unit], start?.invocation != invocation else {
        return nil
      }
      // Without the files that are undone, what did not come up comes up again.
      if state.active == "failed" { return .setUnit(.run(unit: unit, isRunning: true)) }
      guard state.isActive, let start else { return nil }
      return .setUnit(.restart(unit: unit, invocation: start.invocation))
    }
  }
}
