/// Asking the running systemd for something: about one unit, or to read its unit files again.
package enum SetUnit: Hashable, Sendable, Codable {
  /// Start or stop a unit.
  case run(unit: String, isRunning: Bool)
  /// Start a running unit anew; `invocation` tells what ran before from what runs then.
  case restart(unit: String, invocation: String)
  /// Read the unit files again, as far as any of `paths` has changed since they were read.
  case reload(paths: [String])
  /// Have a running unit read its configuration again, as far as any of `paths` has changed since it
  /// did last.
  case reread(unit: String, owner: ConfigurationOwner, paths: [String])

  /// What the step changes, as plans print it.
  package var target: String {
    switch self {
    case .run(let unit, _): "unit \(unit)"
    case .restart(let unit, _): "process of \(unit)"
    case .reload: "systemd's unit files"
    case .reread(let unit, _, _): "configuration of \(unit)"
    }
  }

  /// Whether it only makes systemd, or a process, follow what files say.
  package var followsFiles: Bool {
    switch self {
    case .run: false
    case .restart, .reload, .reread: true
    }
  }

  /// What `isRunning` means to people.
  package static func text(_ isRunning: Bool) -> String { isRunning ? "active" : "inactive" }
}

/// What systemd says of a unit before or after a step.
package struct UnitImage: Hashable, Sendable, Codable {
  /// Whether the unit runs; nil where the step is about none.
  package var isActive: Bool?

  /// An image of a unit that runs, or does not.
  package init(isActive: Bool? = nil) { self.isActive = isActive }
}
