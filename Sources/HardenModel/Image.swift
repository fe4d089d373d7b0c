/// What an actuator saw before or after a step: the before-image that undoing needs.
package enum Image: Hashable, Sendable {
  /// The value of each key that the step may change.
  case sysctl([SysctlKey: String])
  /// Everything at the step's path; the bytes of a file are kept under its digest.
  case file(FileState)
  /// The flags of a mount; nil where nothing is mounted.
  case mount([MountFlag]?)
  /// Whether a kernel module is loaded.
  case module(isLoaded: Bool)
  /// Whether SELinux enforces, one of its booleans is on, or a domain permissive.
  case selinux(Bool)
  /// What systemd says of a unit.
  case unit(UnitImage)
  /// Rows of the account files, and the files as a whole.
  case accounts(AccountImage)
  /// The kernel's audit rules in order.
  case auditRules([AuditRuleData])
  /// Settings of the audit system.
  case auditStatus([AuditStatus.Setting: UInt32])
}

extension Image: Codable {
  private enum CodingKeys: String, CodingKey {
    case sysctl, file, mount, module, selinux, unit, accounts, auditRules, auditStatus
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let values = try container.decodeIfPresent([String: String].self, forKey: .sysctl) {
      self = .sysctl(
        Dictionary(uniqueKeysWithValues: values.map { (SysctlKey(path: $0.key), $0.value) }))
    } else if let isOn = try container.decodeIfPresent(Bool.self, forKey: .selinux) {
      self = .selinux(isOn)
    } else if let image = try container.decodeIfPresent(UnitImage.self, forKey: .unit) {
      self = .unit(image)
    } else if container.contains(.mount) {
      self = .mount(try container.decode([MountFlag]?.self, forKey: .mount))
    } else if let isLoaded = try container.decodeIfPresent(Bool.self, forKey: .module) {
      self = .module(isLoaded: isLoaded)
    } else if let image = try container.decodeIfPresent(AccountImage.self, forKey: .accounts) {
      self = .accounts(image)
    } else if container.contains(.auditRules) {
      self = .auditRules(try container.decode([AuditRuleData].self, forKey: .auditRules))
    } else if container.contains(.auditStatus) {
      self = .auditStatus(
        try container.decode([AuditStatus.Setting: UInt32].self, forKey: .auditStatus))
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
    case .unit(let image): try container.encode(image, forKey: .unit)
    case .mount(let flags): try container.encode(flags, forKey: .mount)
    case .module(let isLoaded): try container.encode(isLoaded, forKey: .module)
    case .accounts(let image): try container.encode(image, forKey: .accounts)
    case .auditRules(let rules): try container.encode(rules, forKey: .auditRules)
    case .auditStatus(let values): try container.encode(values, forKey: .auditStatus)
    }
  }
}
