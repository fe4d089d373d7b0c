internal import HardenModel
internal import HardenSystem

/// Mounts a directory onto itself.
enum BindMounter: Actuator {
  static func standing(of order: BindMount, on host: borrowing Host) throws(SystemError) -> Standing
  {
    try isMounted(order, host) == order.isMounted ? .after : .before
  }

  static func capture(_ order: BindMount, on host: borrowing Host) throws(SystemError) -> Capture {
    Capture(.mount(try host.mount(order.path)?.flags.sorted()))
  }

  static func perform(
    _ order: BindMount, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError) {
    if order.isMounted {
      try host.bindMount(order.path, flags: order.flags)
    } else {
      try host.unmount(order.path)
    }
  }

  static func undo(
    _ order: BindMount, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    guard try isMounted(order, host) == order.isMounted else { return Undo() }
    var inverse = order
    inverse.isMounted.toggle()
    if case .mount(let flags?) = before { inverse.flags = flags }
    return Undo([.bindMount(inverse)])
  }

  private static func isMounted(_ order: BindMount, _ host: borrowing Host) throws(SystemError)
    -> Bool
  {
    try host.mount(order.path) != nil
  }
}
