/// How exactly a step can be undone; every change in a plan says so.
package enum Reversibility: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// Content, metadata and kernel state come back as they were.
  case exact
  /// The host behaves as before, though not every byte is the same.
  case effective
  /// The kernel keeps the change until the next boot.
  case atBoot = "at-boot"
  /// It cannot be undone.
  case none

  /// From the best to the worst.
  package static func < (left: Reversibility, right: Reversibility) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .exact: 0
    case .effective: 1
    case .atBoot: 2
    case .none: 3
    }
  }
}

extension Step {
  /// What the step changes: a path or a kernel parameter, as plans and messages print it.
  package var target: String {
    switch self {
    case .setSysctl(let order): order.key.name
    case .editFile(let order): order.path
    case .writeFile(let order): order.path
    case .setAttributes(let order): order.path
    case .setMountAttributes(let order): "mount \(order.path)"
    case .bindMount(let order): "mount \(order.path)"
    case .loadModule(let order): "module \(order.name)"
    case .setSELinux(let order): order.target
    case .setUnit(let order): order.target
    case .editAccount(let order): "\(order.account)"
    case .editRows(let order): "\(order.account)"
    case .editAuditRules: "audit rules"
    case .compileAuditRules: CompileAuditRules.path
    case .setAuditStatus(let order): order.isLock ? "audit lock" : "audit status"
    }
  }

  /// The path that the step changes, nil when it changes kernel state.
  package var path: String? {
    switch self {
    case .setSysctl, .setMountAttributes, .bindMount, .loadModule, .setSELinux, .setUnit,
      .editAuditRules, .setAuditStatus:
      nil
    case .compileAuditRules: CompileAuditRules.path
    case .editFile(let order): order.path
    case .writeFile(let order): order.path
    case .setAttributes(let order): order.path
    case .editAccount, .editRows: AccountFile.passwd.path
    }
  }

  /// Whether the step changes what the running kernel holds.
  package var changesKernel: Bool { if case .setUnit = self { false } else { path == nil } }

  /// Whether the step cannot be done twice, so that its before-image is taken, and made durable, just
  /// before it and not with those of all others.
  package var hasOwnIntent: Bool {
    switch self {
    case .editAccount, .editRows: true
    default: false
    }
  }

  /// How exactly the step can be undone.
  package var reversibility: Reversibility {
    switch self {
    case .setSysctl(let order):
      if order.oneWay { .atBoot } else if order.key.losesAddresses { .effective } else { .exact }
    case .editFile, .writeFile, .setAttributes, .setMountAttributes, .setSELinux, .editAccount,
      .editRows:
      .exact
    case .editAuditRules, .compileAuditRules: .exact
    case .setAuditStatus(let order): order.isLock ? .atBoot : .exact
    // Who works below it keeps what it has open, with the old flags.
    case .bindMount: .effective
    case .loadModule: .effective
    // What runs is started anew.
    case .setUnit(.reload): .exact
    case .setUnit(.reread(_, let owner, _)): owner.means == .restart ? .effective : .exact
    case .setUnit: .effective
    }
  }

  /// When the step runs in its run; a later phase begins when the earlier one is durable.
  package var phase: Phase {
    switch self {
    case .setSysctl(let order): order.oneWay ? .last : .first
    case .editFile, .compileAuditRules: .durable
    // A rule may watch what the run has yet to make.
    case .editAuditRules: .durable
    case .setAuditStatus(let order): order.isLock ? .last : .durable
    // What starts, starts from the files of the run.
    case .setUnit(let order):
      if case .run(_, isRunning: false) = order { .first } else { .durable }
    case .writeFile, .setAttributes, .setMountAttributes, .bindMount, .loadModule, .setSELinux,
      .editAccount,
      .editRows:
      .first
    }
  }

  /// The three stretches of a run.
  package enum Phase: Int, Hashable, Sendable, Codable, CaseIterable {
    /// Kernel state, and files as a whole.
    case first
    /// The durable halves of what already holds in the kernel.
    case durable
    /// What the kernel will not take back before the next boot.
    case last
  }
}

extension Step: Codable {
  private enum CodingKeys: String, CodingKey { case step, order }

  /// The names on disk; they never follow a renaming in the code.
  private enum Tag: String, Codable {
    case setSysctl = "sysctl"
    case editFile = "edit"
    case writeFile = "file"
    case setAttributes = "attributes"
    case setMountAttributes = "mount"
    case bindMount = "bind"
    case loadModule = "module"
    case setSELinux = "selinux"
    case setUnit = "unit"
    case editAccount = "account"
    case editRows = "rows"
    case editAuditRules = "audit-rules"
    case compileAuditRules = "audit-compile"
    case setAuditStatus = "audit-status"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Tag.self, forKey: .step) {
    case .setSysctl: self = .setSysctl(try container.decode(SetSysctl.self, forKey: .order))
    case .editFile: self = .editFile(try container.decode(EditFile.self, forKey: .order))
    case .writeFile: self = .writeFile(try container.decode(WriteFile.self, forKey: .order))
    case .setAttributes:
      self = .setAttributes(try container.decode(SetAttributes.self, forKey: .order))
    case .setMountAttributes:
      self = .setMountAttributes(try container.decode(SetMountAttributes.self, forKey: .order))
    case .bindMount: self = .bindMount(try container.decode(BindMount.self, forKey: .order))
    case .loadModule: self = .loadModule(try container.decode(LoadModule.self, forKey: .order))
    case .setSELinux: self = .setSELinux(try container.decode(SetSELinux.self, forKey: .order))
    case .setUnit: self = .setUnit(try container.decode(SetUnit.self, forKey: .order))
    case .editAccount: self = .editAccount(try container.decode(EditAccount.self, forKey: .order))
    case .editRows: self = .editRows(try container.decode(EditRows.self, forKey: .order))
    case .editAuditRules:
      self = .editAuditRules(try container.decode(EditAuditRules.self, forKey: .order))
    case .compileAuditRules:
      self = .compileAuditRules(try container.decode(CompileAuditRules.self, forKey: .order))
    case .setAuditStatus:
      self = .setAuditStatus(try container.decode(SetAuditStatus.self, forKey: .order))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .setSysctl(let order):
      try container.encode(Tag.setSysctl, forKey: .step)
      try container.encode(order, forKey: .order)
    case .editFile(let order):
      try container.encode(Tag.editFile, forKey: .step)
      try container.encode(order, forKey: .order)
    case .writeFile(let order):
      try container.encode(Tag.writeFile, forKey: .step)
      try container.encode(order, forKey: .order)
    case .setAttributes(let order):
      try container.encode(Tag.setAttributes, forKey: .step)
      try container.encode(order, forKey: .order)
    case .setMountAttributes(let order):
      try container.encode(Tag.setMountAttributes, forKey: .step)
      try container.encode(order, forKey: .order)
    case .bindMount(let order):
      try container.encode(Tag.bindMount, forKey: .step)
      try container.encode(order, forKey: .order)
    case .loadModule(let order):
      try container.encode(Tag.loadModule, forKey: .step)
      try container.encode(order, forKey: .order)
    case .setSELinux(let order):
      try container.encode(Tag.setSELinux, forKey: .step)
      try container.encode(order, forKey: .order)
    case .setUnit(let order):
      try container.encode(Tag.setUnit, forKey: .step)
      try container.encode(order, forKey: .order)
    case .editAccount(let order):
      try container.encode(Tag.editAccount, forKey: .step)
      try container.encode(order, forKey: .order)
    case .editRows(let order):
      try container.encode(Tag.editRows, forKey: .step)
      try container.encode(order, forKey: .order)
    case .editAuditRules(let order):
      try container.encode(Tag.editAuditRules, forKey: .step)
      try container.encode(order, forKey: .order)
    case .compileAuditRules(let order):
      try container.encode(Tag.compileAuditRules, forKey: .step)
      try container.encode(order, forKey: .order)
    case .setAuditStatus(let order):
      try container.encode(Tag.setAuditStatus, forKey: .step)
      try container.encode(order, forKey: .order)
    }
  }
}
