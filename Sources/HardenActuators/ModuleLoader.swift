internal import HardenModel
internal import HardenSystem

/// Loads kernel modules and takes unused ones out.
enum ModuleLoader: Actuator {
  static func standing(of order: LoadModule, on host: borrowing Host) throws(SystemError)
    -> Standing
  {
    try isLoaded(order, host) == order.isLoaded ? .after : .before
  }

  static func capture(_ order: LoadModule, on host: borrowing Host) throws(SystemError) -> Capture {
    Capture(.module(isLoaded: try isLoaded(order, host)))
  }

  static func perform(
    _ order: LoadModule, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError) {
    guard try isLoaded(order, host.host) != order.isLoaded else { return }
    if order.isLoaded { try host.loadModule(order.name) } else { try host.unloadModule(order.name) }
  }

  static func undo(
    _ order: LoadModule, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    guard case .module(let wasLoaded) = before, try isLoaded(order, host) != wasLoaded else {
      return Undo()
    }
    return Undo([.loadModule(LoadModule(order.name, isLoaded: wasLoaded))])
  }

  private static func isLoaded(_ order: LoadModule, _ host: borrowing Host) throws(SystemError)
    -> Bool
  {
    try host.loadedModule(order.name) != nil
  }
}
