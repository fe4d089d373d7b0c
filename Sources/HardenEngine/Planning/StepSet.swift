internal import HardenModel

/// The steps of a plan while it is being made: equal ones become one, edits of one file become one
/// step, and two that want different things of one unit are a contradiction.
struct StepSet {
  /// A step with who asked for it.
  struct Entry {
    var step: Step
    /// Indices of the askers, in order.
    var askers: [Int]
  }

  /// Two askers that want different things of one unit.
  struct Contradiction: Error {
    var unit: String
    var first: Int
    var second: Int
  }

  private var found: [Entry] = []
  private var known: [Unit: Int] = [:]
  /// Edits by the entry that they belong to: hundreds may share one file, so they are kept apart
  /// until somebody asks.
  private var edits: [Int: Edits] = [:]
  /// Changes of audit rules, kept apart for the same reason.
  private var rules: [EditAuditRules.Edit] = []
  private var knownRules: [AuditRuleData: Bool] = [:]
  /// Rules that were planned, and that what was planned since has made into others.
  private var replacedRules: Set<AuditRuleData> = []

  fileprivate struct Edits {
    var list: [UnitEdit] = []
    var places: [String: Int] = [:]
  }

  /// Every step with who asked for it, in the order of asking.
  var entries: [Entry] {
    var entries = found
    for (index, edits) in edits {
      guard case .editFile(var order) = entries[index].step else { continue }
      order.edits = edits.list
      entries[index].step = .editFile(order)
    }
    if let index = known[.auditRules], case .editAuditRules(var order) = entries[index].step {
      order.edits = rules
      entries[index].step = .editAuditRules(order)
    }
    return entries
  }

  private enum Unit: Hashable {
    case sysctl(SysctlKey)
    case edit(String, FileFormat)
    case file(String)
    case attributes(String)
    case mount(String)
    case bind(String)
    case module(String)
    case selinux(String)
    case unit(String)
    case account(Account)
    case auditRules, auditFile
    case auditStatus(isLock: Bool)
  }

  /// Adds `step`, which `asker` asks for.
  mutating func add(_ step: Step, for asker: Int) throws(Contradiction) {
    let unit: Unit =
      switch step {
      case .setSysctl(let order): .sysctl(order.key)
      case .editFile(let order): .edit(order.path, order.format)
      case .writeFile(let order): .file(order.path)
      case .setAttributes(let order): .attributes(order.path)
      case .setMountAttributes(let order): .mount(order.path)
      case .bindMount(let order): .bind(order.path)
      case .loadModule(let order): .module(order.name)
      case .setSELinux(let order): .selinux(order.target)
      case .setUnit(let order): .unit(order.target)
      case .editAccount(let order): .account(order.account)
      case .editRows(let order): .account(order.account)
      case .editAuditRules: .auditRules
      case .compileAuditRules: .auditFile
      case .setAuditStatus(let order): .auditStatus(isLock: order.isLock)
      }
    let index = known[unit] ?? found.count
    if index == found.count {
      known[unit] = index
      found.append(Entry(step: step, askers: [asker]))
    } else if let merged = Self.merge(found[index].step, step) {
      found[index].step = merged
    } else {
      throw Contradiction(unit: step.target, first: found[index].askers[0], second: asker)
    }
    if case .editFile(let order) = step {
      guard edits[index, default: Edits()].add(order) else {
        throw Contradiction(unit: step.target, first: found[index].askers[0], second: asker)
      }
    }
    if case .editAuditRules(let order) = step, let clash = add(order.edits) {
      throw Contradiction(unit: clash.text, first: found[index].askers[0], second: asker)
    }
    if !found[index].askers.contains(asker) { found[index].askers.append(asker) }
  }

  /// Adds changes of audit rules; answers with the one that another resource wants otherwise.
  private mutating func add(_ edits: [EditAuditRules.Edit]) -> EditAuditRules.Edit? {
    for edit in edits {
      for index in rules.indices
      where !rules[index].before && rules[index].text == edit.text
        && rules[index].address == edit.address && rules[index].rule != edit.rule
      {
        replacedRules.insert(rules[index].rule)
      }
    }
    if !replacedRules.isEmpty { rules.removeAll { replacedRules.contains($0.rule) } }
    for edit in edits where !replacedRules.contains(edit.rule) {
      if let after = knownRules[edit.rule] {
        guard after == edit.after else { return edit }
      } else {
        knownRules[edit.rule] = edit.after
        rules.append(edit)
      }
    }
    return nil
  }

  /// Both in one; nil when they want different things.
  private static func merge(_ one: Step, _ other: Step) -> Step? {
    switch (one, other) {
    case (.editFile(var left), .editFile(let right)):
      left.edits = []
      left.creation = left.creation ?? right.creation
      return .editFile(left)
    case (.setAttributes(var left), .setAttributes(let right)):
      guard let after = merge(left.after, right.after),
        let before = merge(left.before, right.before)
      else { return nil }
      (left.before, left.after) = (before, after)
      return .setAttributes(left)
    case (.setMountAttributes(var left), .setMountAttributes(let right)):
      for flag in left.touched.intersection(right.touched) {
        guard left.after.contains(flag) == right.after.contains(flag) else { return nil }
      }
      left.before += right.before.filter { !left.before.contains($0) }
      left.after += right.after.filter { !left.after.contains($0) }
      return .setMountAttributes(left)
    case (.bindMount(let left), .bindMount(let right)):
      return left == right ? one : nil
    case (.loadModule(let left), .loadModule(let right)):
      return left == right ? one : nil
    case (.setSELinux(let left), .setSELinux(let right)):
      return left == right ? one : nil
    case (.setUnit(.reload(let left)), .setUnit(.reload(let right))):
      return .setUnit(.reload(paths: left + right.filter { !left.contains($0) }))
    case (.setUnit(.reread(let unit, let owner, let left)), .setUnit(.reread(_, _, let right))):
      let paths = left + right.filter { !left.contains($0) }
      return .setUnit(.reread(unit: unit, owner: owner, paths: paths))
    case (.setUnit(let left), .setUnit(let right)):
      return left == right ? one : nil
    case (.editAccount(let left), .editAccount(let right)):
      return left == right ? one : nil
    case (.editAuditRules, .editAuditRules), (.compileAuditRules, .compileAuditRules):
      return one
    case (.setAuditStatus(var left), .setAuditStatus(let right)):
      for (setting, value) in right.after where left.after[setting] ?? value != value { return nil }
      left.before.merge(right.before) { first, _ in first }
      left.after.merge(right.after) { first, _ in first }
      return .setAuditStatus(left)
    case (.writeFile(let left), .writeFile(let right)):
      return left.after == right.after ? one : nil
    case (.setSysctl(let left), .setSysctl(let right)):
      return SysctlValue.same(left.after, right.after) ? one : nil
    default: return nil
    }
  }

  private static func merge(_ one: Attributes, _ other: Attributes) -> Attributes? {
    func agree<Value: Equatable>(_ left: Value?, _ right: Value?) -> Bool {
      left == nil || right == nil || left == right
    }
    let clash = one.xattrs.contains { name, value in
      other.xattrs[name].map { $0 != value } ?? false
    }
    guard agree(one.owner, other.owner), agree(one.group, other.group), agree(one.mode, other.mode),
      agree(one.flags, other.flags), !clash
    else { return nil }
    return Attributes(
      owner: one.owner ?? other.owner, group: one.group ?? other.group,
      mode: one.mode ?? other.mode, xattrs: one.xattrs.merging(other.xattrs) { left, _ in left },
      flags: one.flags ?? other.flags)
  }
}

extension StepSet.Edits {
  /// Adds what `order` edits; false when it wants something else of a unit than another edit.
  fileprivate mutating func add(_ order: EditFile) -> Bool {
    for edit in order.edits {
      if let place = places[edit.unit] {
        guard Self.wantsSame(list[place], edit, order.format) else { return false }
      } else {
        places[edit.unit] = list.count
        list.append(edit)
      }
    }
    return true
  }

  /// Two controls may ask for one value; the comment that names the owner differs then.
  private static func wantsSame(_ one: UnitEdit, _ other: UnitEdit, _ format: FileFormat) -> Bool {
    if one.after == other.after { return true }
    guard format == .sysctl || format == .audit, let one = one.after, let other = other.after else {
      return false
    }
    return one.split(at: "\n").last == other.split(at: "\n").last
  }
}
