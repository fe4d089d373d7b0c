internal import HardenModel

/// When several runs are undone, a later step may change again what an earlier one has put back.
extension Step {
  /// What of the step still has to hold after `later` steps; nil when nothing of it has to.
  func remainder(after later: [Step]) -> Step? {
    later.reduce(self) { step, next in step.flatMap { $0.remainder(after: next) } }
  }

  private func remainder(after next: Step) -> Step? {
    switch (self, next) {
    case (.setSysctl(let order), .setSysctl(let other)):
      return order.key == other.key ? nil : self
    case (.setMountAttributes(let order), .setMountAttributes(let other))
    where order.path == other.path:
      let (before, after) = (Set(order.before), Set(order.after))
      let left = order.touched.subtracting(other.touched)
      return left.isEmpty
        ? nil
        : .setMountAttributes(
          SetMountAttributes(
            path: order.path, before: before.sorted(in: left), after: after.sorted(in: left)))
    case (.setMountAttributes(let order), .bindMount(let other)) where order.path == other.path:
      return nil
    case (.bindMount(let order), .bindMount(let other)):
      return order.path == other.path ? nil : self
    case (.setSELinux(let order), .setSELinux(let other)):
      return order.target == other.target ? nil : self
    case (.editRows(var order), .editRows(let other)):
      order.edits.removeAll { edit in
        other.edits.contains { $0.file == edit.file && $0.name == edit.name }
      }
      // Times and backups are those of the last step that touched them.
      order.files = order.files.filter { other.files[$0.key] == nil }
      return order.edits.isEmpty && order.files.isEmpty ? nil : .editRows(order)
    case (.editAuditRules(var order), .editAuditRules(let other)):
      let rules = Set(other.edits.map(\.rule))
      order.edits.removeAll { rules.contains($0.rule) }
      return order.edits.isEmpty ? nil : .editAuditRules(order)
    case (.compileAuditRules, .editFile(let other)):
      return other.path.hasPrefix(CompileAuditRules.folder) ? nil : self
    case (.compileAuditRules, .writeFile(let other)):
      return other.path == CompileAuditRules.path || other.path.hasPrefix(CompileAuditRules.folder)
        ? nil : self
    case (.setAuditStatus(var order), .setAuditStatus(let other)):
      for setting in other.after.keys {
        order.before[setting] = nil
        order.after[setting] = nil
      }
      return order.after.isEmpty ? nil : .setAuditStatus(order)
    case (_, .writeFile(let other)) where path != nil:
      return path == other.path ? nil : self
    case (.writeFile(let order), .editFile(let other)) where order.path == other.path:
      return nil
    case (.editFile(var order), .editFile(let other)) where order.path == other.path:
      let units = Set(other.edits.map(\.unit))
      order.edits.removeAll { units.contains($0.unit) }
      return order.edits.isEmpty ? nil : .editFile(order)
    case (.setAttributes(var order), .setAttributes(let other)) where order.path == other.path:
      order.before.forget(other.after)
      order.after.forget(other.after)
      return order.after.isEmpty ? nil : .setAttributes(order)
    case (.writeFile(var order), .setAttributes(let other)) where order.path == other.path:
      order.after.attributes.forget(other.after)
      return .writeFile(order)
    case (.loadModule(let order), .loadModule(let other)):
      return order.name == other.name ? nil : self
    case (.setUnit(let order), .setUnit(let other)):
      return order.isReplaced(by: other) ? nil : self
    case (.setSysctl, _), (.editFile, _), (.writeFile, _), (.setAttributes, _),
      (.setMountAttributes, _), (.bindMount, _), (.loadModule, _), (.setSELinux, _),
      (.setUnit, _),
      (.editAccount, _),
      (.editRows, _), (.editAuditRules, _), (.compileAuditRules, _), (.setAuditStatus, _):
      return self
    }
  }
}

extension SetUnit {
  /// Whether nothing of it has to hold any more once `later` is done.
  fileprivate func isReplaced(by later: SetUnit) -> Bool {
    switch (self, later) {
    case (.reload, .reload): true
    case (.run(let unit, _), .run(let other, _)): unit == other
    case (.restart(let unit, _), .run(let other, _)),
      (.restart(let unit, _), .restart(let other, _)),
      (.reread(let unit, _, _), .run(let other, _)),
      (.reread(let unit, _, _), .restart(let other, _)),
      (.reread(let unit, _, _), .reread(let other, _, _)):
      unit == other
    default: false
    }
  }
}

extension Attributes {
  /// Makes no claim any more on what `other` claims.
  fileprivate mutating func forget(_ other: Attributes) {
    if other.owner != nil { owner = nil }
    if other.group != nil { group = nil }
    if other.mode != nil { mode = nil }
    if other.flags != nil { flags = nil }
    for name in other.xattrs.keys { xattrs[name] = nil }
  }
}
