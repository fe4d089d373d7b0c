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
      return try ServerAccess.lost(by: setting, host, after) + newPort(setting, order)
    case .sudoers:
      let after = try host.after([.editFile(order)], contents: [:])
      return try SudoAccess.lost(host, after)
    case nil: return try LoginStack.risks(order, host)
    }
  }

  private static func newPort(_ setting: Setting, _ order: EditFile) -> [String] {
    guard setting.key.lowercased() == "port", let port = order.edits.first?.after else { return [] }
    return ["ssh answers on port \(port) only, once it has read this"]
  }
}
