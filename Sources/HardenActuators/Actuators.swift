package import HardenModel
package import HardenSystem

/// The one switch between steps and what carries them out.
///
/// Each question is put to the host as it is now, whatever was read before: others change it, too.
package enum Actuators {
  /// How the host stands to `step`.
  package static func standing(of step: Step, on host: borrowing Host) throws(SystemError)
    -> Standing
  {
    host.forget()
    return switch step {
    case .setSysctl(let order): try SysctlWriter.standing(of: order, on: host)
    case .editFile(let order): try FileEditor.standing(of: order, on: host)
    case .writeFile(let order): try FileReplacer.standing(of: order, on: host)
    case .setAttributes(let order): try AttributeSetter.standing(of: order, on: host)
    case .setMountAttributes(let order): try MountSetter.standing(of: order, on: host)
    case .bindMount(let order): try BindMounter.standing(of: order, on: host)
    case .loadModule(let order): try ModuleLoader.standing(of: order, on: host)
    case .setSELinux(let order): try SELinuxSetter.standing(of: order, on: host)
    case .setUnit(let order): try UnitSetter.standing(of: order, on: host)
    case .editAccount(let order): try AccountEditor.standing(of: order, on: host)
    case .editRows(let order): try RowEditor.standing(of: order, on: host)
    case .editAuditRules(let order): try AuditRuleEditor.standing(of: order, on: host)
    case .compileAuditRules(let order): try AuditRuleCompiler.standing(of: order, on: host)
    case .setAuditStatus(let order): try AuditStatusSetter.standing(of: order, on: host)
    }
  }

  /// What undoing `step` will need, read now.
  package static func capture(_ step: Step, on host: borrowing Host) throws(SystemError) -> Capture
  {
    host.forget()
    return switch step {
    case .setSysctl(let order): try SysctlWriter.capture(order, on: host)
    case .editFile(let order): try FileEditor.capture(order, on: host)
    case .writeFile(let order): try FileReplacer.capture(order, on: host)
    case .setAttributes(let order): try AttributeSetter.capture(order, on: host)
    case .setMountAttributes(let order): try MountSetter.capture(order, on: host)
    case .bindMount(let order): try BindMounter.capture(order, on: host)
    case .loadModule(let order): try ModuleLoader.capture(order, on: host)
    case .setSELinux(let order): try SELinuxSetter.capture(order, on: host)
    case .setUnit(let order): try UnitSetter.capture(order, on: host)
    case .editAccount(let order): try AccountEditor.capture(order, on: host)
    case .editRows(let order): try RowEditor.capture(order, on: host)
    case .editAuditRules(let order): try AuditRuleEditor.capture(order, on: host)
    case .compileAuditRules(let order): try AuditRuleCompiler.capture(order, on: host)
    case .setAuditStatus(let order): try AuditStatusSetter.capture(order, on: host)
    }
  }

  /// Carries out `step`; `temporary` is the name for what is written first, in the same directory.
  package static func perform(
    _ step: Step, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError) {
    // Whatever becomes of it, what was read before is out of date.
    defer { host.host.forget() }
    switch step {
    case .setSysctl(let order):
      try SysctlWriter.perform(order, on: host, content: content, temporary: temporary)
    case .editFile(let order):
      try FileEditor.perform(order, on: host, content: content, temporary: temporary)
    case .writeFile(let order):
      try FileReplacer.perform(order, on: host, content: content, temporary: temporary)
    case .setAttributes(let order):
      try AttributeSetter.perform(order, on: host, content: content, temporary: temporary)
    case .setMountAttributes(let order):
      try MountSetter.perform(order, on: host, content: content, temporary: temporary)
    case .bindMount(let order):
      try BindMounter.perform(order, on: host, content: content, temporary: temporary)
    case .loadModule(let order):
      try ModuleLoader.perform(order, on: host, content: content, temporary: temporary)
    case .setSELinux(let order):
      try SELinuxSetter.perform(order, on: host, content: content, temporary: temporary)
    case .setUnit(let order):
      try UnitSetter.perform(order, on: host, content: content, temporary: temporary)
    case .editAccount(let order):
      try AccountEditor.perform(order, on: host, content: content, temporary: temporary)
    case .editRows(let order):
      try RowEditor.perform(order, on: host, content: content, temporary: temporary)
    case .editAuditRules(let order):
      try AuditRuleEditor.perform(order, on: host, content: content, temporary: temporary)
    case .compileAuditRules(let order):
      try AuditRuleCompiler.perform(order, on: host, content: content, temporary: temporary)
    case .setAuditStatus(let order):
      try AuditStatusSetter.perform(order, on: host, content: content, temporary: temporary)
    }
  }

  /// The steps that put back what `step` changed, as far as nobody has changed it since.
  package static func undo(
    _ step: Step, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    host.forget()
    return switch step {
    case .setSysctl(let order):
      try SysctlWriter.undo(order, before: before, after: after, on: host)
    case .editFile(let order): try FileEditor.undo(order, before: before, after: after, on: host)
    case .writeFile(let order):
      try FileReplacer.undo(order, before: before, after: after, on: host)
    case .setAttributes(let order):
      try AttributeSetter.undo(order, before: before, after: after, on: host)
    case .setMountAttributes(let order):
      try MountSetter.undo(order, before: before, after: after, on: host)
    case .bindMount(let order):
      try BindMounter.undo(order, before: before, after: after, on: host)
    case .loadModule(let order):
      try ModuleLoader.undo(order, before: before, after: after, on: host)
    case .setSELinux(let order):
      try SELinuxSetter.undo(order, before: before, after: after, on: host)
    case .setUnit(let order):
      try UnitSetter.undo(order, before: before, after: after, on: host)
    case .editAccount(let order):
      try AccountEditor.undo(order, before: before, after: after, on: host)
    case .editRows(let order): try RowEditor.undo(order, before: before, after: after, on: host)
    case .editAuditRules(let order):
      try AuditRuleEditor.undo(order, before: before, after: after, on: host)
    case .compileAuditRules(let order):
      try AuditRuleCompiler.undo(order, before: before, after: after, on: host)
    case .setAuditStatus(let order):
      try AuditStatusSetter.undo(order, before: before, after: after, on: host)
    }
  }
}

extension Actuators {
  /// The steps that put back what was there before `step`, whoever has changed it since.
  package static func force(
    _ step: Step, before: Image, on host: borrowing Host
  ) throws(SystemError) -> [Step] {
    switch (step, before) {
    case (.setSysctl(let order), .sysctl(let prior)):
      guard let original = prior[order.key], let current = try host.sysctl(order.key) else {
        return []
      }
      return [.setSysctl(SetSysctl(order.key, before: current, after: original))]
    case (.setMountAttributes(let order), .mount(let original?)):
      guard let found = try host.mount(order.path)?.flags else { return [] }
      return [
        .setMountAttributes(
          SetMountAttributes(
            path: order.path, before: found.sorted(in: order.touched),
            after: Set(original).sorted(in: order.touched)))
      ]
    case (.setAttributes, .file(let original)) where original.form == .absent:
      // What made it takes it away.
      return []
    case (.setSELinux(let order), .selinux(let original)):
      guard let current = try host.selinux(order) else { return [] }
      return [.setSELinux(order.turning(from: current.isOn, to: original))]
    case (.setUnit(let order), .unit):
      return try UnitSetter.undo(order, before: before, after: nil, on: host).steps
    case (.editAccount(let order), .accounts(let original)):
      return try AccountEditor.force(order, original, on: host)
    case (.editRows(let order), .accounts(let original)):
      return try RowEditor.force(order, original, on: host)
    case (_, .file(let original)):
      guard let path = step.path else { return [] }
      let found = try host.capture(path).state
      if case .setAttributes(let order) = step {
        return [
          .setAttributes(
            SetAttributes(
              path: path, isDirectory: order.isDirectory, before: found.attributes,
              after: original.attributes.replacing(found.attributes)))
        ]
      }
      let whole = Step.writeFile(WriteFile(path: path, before: found.claim, after: original))
      guard case .editFile(let order) = step else { return [whole] }
      return try FileEditor.compiled(order, found, on: host) + [whole]
    default: return []
    }
  }
}

/// The bytes behind a digest: from a plan or from the kept before-images.
package typealias Content = (Digest) throws(SystemError) -> [UInt8]
