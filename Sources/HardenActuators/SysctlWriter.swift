internal import HardenModel
internal import HardenSystem

/// Writes kernel parameters below `/proc/sys`.
enum SysctlWriter: Actuator {
  static func standing(of order: SetSysctl, on host: borrowing Host) throws(SystemError) -> Standing
  {
    let current = try value(of: order.key, on: host)
    if SysctlValue.same(current, order.after) {
      for keep in order.keeps
      where !SysctlValue.same(try value(of: keep.key, on: host), keep.after) { return .before }
      return .after
    }
    return SysctlValue.same(current, order.before) ? .before : .neither(current)
  }

  static func capture(_ order: SetSysctl, on host: borrowing Host) throws(SystemError) -> Capture {
    var values = [order.key: try value(of: order.key, on: host)]
    for pattern in order.key.affected {
      for key in try host.sysctls(matching: pattern) { values[key] = try host.sysctl(key) }
    }
    for keep in order.keeps { values[keep.key] = try host.sysctl(keep.key) }
    return Capture(.sysctl(values))
  }

  static func perform(
    _ order: SetSysctl, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError) {
    try write(order.after, to: order.key, on: host)
    // What is to be kept may depend on one another, so settle it in a few rounds.
    for _ in 0..<3 {
      var settled = true
      for keep in order.keeps
      where !SysctlValue.same(try value(of: keep.key, on: host.host), keep.after) {
        try host.setSysctl(keep.key, to: keep.after)
        settled = false
      }
      if settled { return }
    }
  }

  /// The kernel accepts some values in part or as something else, so only reading back counts.
  private static func write(_ value: String, to key: SysctlKey, on host: borrowing WritableHost)
    throws(SystemError)
  {
    try host.setSysctl(key, to: value)
    let found = try Self.value(of: key, on: host.host)
    guard SysctlValue.same(found, value) else {
      throw SystemError(
        refusing: key.name, "the kernel took '\(value)' but holds '\(found)'")
    }
  }

  static func undo(
    _ order: SetSysctl, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    // A key that is gone, as with its interface, has nothing left to put back.
    guard case .sysctl(let prior) = before, let current = try host.sysctl(order.key) else {
      return Undo()
    }
    let done: [SysctlKey: String] =
      if case .sysctl(let values)? = after { values } else { predicted(order, prior) }
    let original = prior[order.key] ?? order.before

    var undo = Undo()
    let isDone = SysctlValue.same(current, order.after)
    let isUndone = SysctlValue.same(current, original)
    guard isDone || isUndone else {
      // As an earlier step of the run had left it: this one was never begun.
      if SysctlValue.same(current, order.before) { return undo }
      undo.conflicts.append(
        Conflict(order.key.name, before: original, after: order.after, found: current))
      return undo
    }
    if order.key.isOneWay(current), !isUndone { return Undo(awaits: .reboot) }

    var keeps: [SetSysctl.Effect] = []
    for (key, original) in prior.sorted(by: { $0.key < $1.key }) where key != order.key {
      guard let found = try host.sysctl(key) else { continue }
      let ours = SysctlValue.same(found, done[key] ?? original)
      let wanted = ours ? original : found
      if !ours && !SysctlValue.same(found, original) {
        undo.conflicts.append(
          Conflict(key.name, before: original, after: done[key] ?? original, found: found))
      }
      keeps.append(SetSysctl.Effect(key, before: found, after: wanted))
    }
    let isWorthIt = !isUndone || keeps.contains { !SysctlValue.same($0.before, $0.after) }
    if isWorthIt {
      undo.steps = [
        .setSysctl(
          SetSysctl(
            order.key, before: current, after: original, keeps: keeps,
            oneWay: order.oneWay))
      ]
    }
    return undo
  }

  /// What the keys of an interrupted step hold if it was done.
  ///
  /// Which interfaces follow `default` no file tells beforehand, so those that hold its new value are taken to have followed.
  private static func predicted(_ order: SetSysctl, _ prior: [SysctlKey: String]) -> [SysctlKey:
    String]
  {
    var values = [order.key: order.after]
    for key in prior.keys where key.inherited == order.key { values[key] = order.after }
    for effect in order.effects + order.keeps { values[effect.key] = effect.after }
    return values
  }

  private static func value(of key: SysctlKey, on host: borrowing Host) throws(SystemError)
    -> String
  {
    guard let value = try host.sysctl(key) else {
      throw SystemError(refusing: key.name, "the kernel has no such key")
    }
    return value
  }
}
