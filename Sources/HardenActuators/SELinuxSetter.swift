internal import HardenModel
internal import HardenSystem

/// Turns enforcement and booleans of the running SELinux on and off.
enum SELinuxSetter: Actuator {
  static func standing(of order: SetSELinux, on host: borrowing Host) throws(SystemError)
    -> Standing
  {
    let found = try state(of: order, on: host)
    // A boolean that is set but not committed has yet to be put back.
    let isSettled = found.pending == found.isOn || order.before != order.after
    return found.isOn == order.after && isSettled ? .after : .before
  }

  static func capture(_ order: SetSELinux, on host: borrowing Host) throws(SystemError) -> Capture {
    Capture(.selinux(try state(of: order, on: host).isOn))
  }

  static func perform(
    _ order: SetSELinux, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError) {
    try host.setSELinux(order.boolean, to: order.after)
  }

  /// With two values there is no third: what is not as before is as the run left it.
  static func undo(
    _ order: SetSELinux, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    // Where SELinux or the boolean is gone, so is its value.
    guard case .selinux(let original) = before, let found = try host.selinux(order.boolean),
      found.isOn != original || found.pending != original
    else { return Undo() }
    return Undo([.setSELinux(SetSELinux(order.boolean, before: found.isOn, after: original))])
  }

  private static func state(of order: SetSELinux, on host: borrowing Host) throws(SystemError)
    -> SELinuxState
  {
    guard let state = try host.selinux(order.boolean) else {
      throw SystemError(refusing: order.target, "the running SELinux has no such thing")
    }
    return state
  }
}
