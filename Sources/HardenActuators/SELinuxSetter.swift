internal import HardenModel
internal import HardenSystem

/// Turns enforcement, booleans and permissive domains of the running SELinux on and off.
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
    if let domain = order.domain {
      try host.setSELinux(permissive: domain, to: order.after)
    } else {
      try host.setSELinux(order.boolean, to: order.after)
    }
  }

  /// With two values there is no third: what is not as before is as the run left it.
  static func undo(
    _ order: SetSELinux, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    // Where SELinux, the boolean or the domain is gone, so is its value.
    guard case .selinux(let original) = before, let found = try host.selinux(order),
      found.isOn != original || found.pending != original
    else { return Undo() }
    return Undo([.setSELinux(order.turning(from: found.isOn, to: original))])
  }

  private static func state(of order: SetSELinux, on host: borrowing Host) throws(SystemError)
    -> SELinuxState
  {
    guard let state = try host.selinux(order) else {
      throw SystemError(refusing: order.target, "the running SELinux has no such thing")
    }
    return state
  }
}

extension SetSELinux {
  /// The same thing going from `before` to `after`.
  func turning(from before: Bool, to after: Bool) -> SetSELinux {
    var order = self
    (order.before, order.after) = (before, after)
    return order
  }
}

extension Host {
  /// How what `order` changes stands; nil where there is no such thing.
  func selinux(_ order: SetSELinux) throws(SystemError) -> SELinuxState? {
    guard let domain = order.domain else { return try selinux(order.boolean) }
    return try selinux(permissive: domain)
  }
}
