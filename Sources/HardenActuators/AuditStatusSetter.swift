internal import HardenModel
internal import HardenSystem

/// Sets numbers of the kernel's audit system.
enum AuditStatusSetter: Actuator {
  static func standing(of order: SetAuditStatus, on host: borrowing Host) throws(SystemError)
    -> Standing
  {
    let found = try values(order, host)
    if found == order.after { return .after }
    return found == order.before ? .before : .neither(found.text)
  }

  static func capture(_ order: SetAuditStatus, on host: borrowing Host) throws(SystemError)
    -> Capture
  {
    Capture(.auditStatus(try values(order, host)))
  }

  static func perform(
    _ order: SetAuditStatus, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError) {
    try host.setAuditStatus(order.after)
  }

  /// Setting by setting; a lock ends with the next boot and with nothing else.
  static func undo(
    _ order: SetAuditStatus, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    guard case .auditStatus(let original) = before else { return Undo() }
    let found = try values(order, host)
    var undo = Undo()
    var inverse = SetAuditStatus(before: [:], after: [:])
    for (setting, done) in order.after {
      guard let now = found[setting], let was = original[setting], now != was else { continue }
      guard now == done else {
        undo.conflicts.append(
          Conflict("audit \(setting.rawValue)", before: "\(was)", after: "\(done)", found: "\(now)")
        )
        continue
      }
      inverse.before[setting] = now
      inverse.after[setting] = was
    }
    if inverse.after.isEmpty { return undo }
    if order.isLock {
      undo.awaits = .reboot
      return undo
    }
    if try host.auditState().status.isLocked {
      undo.conflicts.append(
        Conflict(
          "audit status", before: inverse.after.text, after: inverse.before.text,
          found: "locked until the next boot"))
    } else {
      undo.steps = [.setAuditStatus(inverse)]
    }
    return undo
  }

  private static func values(_ order: SetAuditStatus, _ host: borrowing Host) throws(SystemError)
    -> [AuditStatus.Setting: UInt32]
  {
    let status = try host.auditState().status
    return Dictionary(uniqueKeysWithValues: order.after.keys.map { ($0, status[$0]) })
  }
}
