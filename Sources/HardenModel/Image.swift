/// What an actuator saw before or after a step: the before-image that undoing needs.
package enum Image: Hashable, Sendable {
  /// The value of each key that the step may change.
  case sysctl([SysctlKey: String])
  /// Everything at the step's path; the bytes of a file are kept under its digest.
  case file(FileState)
  /// The flags of a mount; nil where nothing is mounted.
  case mount([MountFlag]?)
  /// Whether SELinux enforces, or one of its booleans is on.
  case selinux(Bool)
}

extension Image: Codable {
  private enum CodingKeys: String, CodingKey { case sysctl, file, mount, selinux }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let values = try container.decodeIfPresent([String: String].self, forKey: .sysctl) {
      self = .sysctl(
        Dictionary(uniqueKeysWithValues: values.map { (SysctlKey(path: $0.key), $0.value) }))
    } else if let isOn = try container.decodeIfPresent(Bool.self, forKey: .selinux) {
      self = .selinux(isOn)
    } else if container.contains(.mount) {
      self = .mount(try container.decode([MountFlag]?.self, forKey: .mount))
    } else {
      self = .file(try container.decode(FileState.self, forKey: .file))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .sysctl(let values):
      let named = Dictionary(uniqueKeysWithValues: values.map { ($0.key.path, $0.value) })
      try container.encode(named, forKey: .sysctl)
    case .file(let state): try container.encode(state, forKey: .file)
    case .selinux(let isOn): try container.encode(isOn, forKey: .selinux)
    case .mount(let flags): try container.encode(flags, forKey: .mount)
    }
  }
}
