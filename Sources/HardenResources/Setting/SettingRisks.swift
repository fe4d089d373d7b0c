internal import HardenModel
internal import HardenSystem

/// What a change of one file would shut out: one sentence for each.
enum SettingRisks {
  /// The risks of `order`, which serves `setting`.
  static func of(_ setting: Setting, _ order: EditFile, _ host: borrowing Host)
    throws(SystemError) -> [String]
  {
    switch order.check {
    case .sshd:
      let after = try host.after([.editFile(order)], contents: [:])
      let lost = try ServerAccess.lost(by: setting, host, after)
      guard let value = order.edits.first?.after else { return lost }
      return try lost + ServerAddresses.risks(setting.key, value, host)
    case .sudoers:
      let after = try host.after([.editFile(order)], contents: [:])
      return try SudoAccess.lost(host, after)
    case nil: return try LoginStack.risks(order, host) + stops(setting, order, host)
    }
  }

  /// What auditd(8) would soon do to the whole host.
  private static func stops(_ setting: Setting, _ order: EditFile, _ host: borrowing Host)
    throws(SystemError) -> [String]
  {
    // Below another root the file system is not the one that the log will be on.
    guard host.isLive, order.path == AuditLog.configuration,
      let action = order.edits.first?.after?.lowercased(), ["halt", "single"].contains(action)
    else { return [] }
    let means = action == "halt" ? "the end of this host" : "single-user mode"
    let limit: String?
    switch setting.key {
    case "disk_full_action": limit = nil
    case "space_left_action": limit = "space_left"
    case "admin_space_left_action": limit = "admin_space_left"
    default: return []
    }
    let says = "\(means) (\(setting.key) = \(action))"
    return try AuditLog.of(host)?.risks(of: says, below: limit) ?? []
  }
}
