internal import HardenModel
internal import HardenSystem

/// What lines of PAM and its modules' files would shut out.
enum LoginStack {
  /// The risks of `order`, one sentence for each.
  static func risks(_ order: EditFile, _ host: borrowing Host) throws(SystemError) -> [String] {
    let isStack = order.path.hasPrefix("/etc/pam.d/") || order.path == "/etc/pam.conf"
    let isLocking = order.path == "/etc/security/faillock.conf"
    guard isStack || isLocking else { return [] }
    var risks: [String] = []
    for edit in order.edits {
      let line = isLocking ? edit.after.map { "\(edit.unit) \($0)" } : edit.after
      if let line, line.words().contains("even_deny_root") {
        risks.append("even_deny_root lets anybody lock root out by wrong passwords")
      }
      guard isStack else { continue }
      if let line { risks += try added(Rule(line), to: order.path, host) }
      if let line = edit.before, edit.after == nil, let rule = Rule(line),
        ["pam_unix.so", "pam_sss.so"].contains(rule.name)
      {
        risks.append("\(order.path) would check no passwords without \(rule.name)")
      }
    }
    return risks
  }

  private static func added(_ rule: Rule?, to path: String, _ host: borrowing Host)
    throws(SystemError) -> [String]
  {
    guard let rule else { return [] }
    if rule.name == "pam_deny.so", ["required", "requisite"].contains(rule.control) {
      return ["\(path) would refuse everybody by pam_deny.so"]
    }
    guard !rule.isOptional, try !isInstalled(rule.module, host) else { return [] }
    return ["\(path) would name \(rule.module), which is not installed, so nobody would pass"]
  }

  private static func isInstalled(_ module: String, _ host: borrowing Host) throws(SystemError)
    -> Bool
  {
    if module.first == "/" { return try host.inodeFollowing(module) != nil }
    var folders = ["/usr/lib/security", "/usr/lib64/security", "/lib/security", "/lib64/security"]
    for top in ["/usr/lib", "/lib"] {
      folders += try host.entries(top).filter { $0.hasSuffix("-linux-gnu") }
        .map { "\(top)/\($0)/security" }
    }
    for folder in folders where try host.inodeFollowing("\(folder)/\(module)") != nil {
      return true
    }
    return false
  }

  /// One line of a stack.
  private struct Rule {
    var control: String
    var module: String
    /// Whether PAM passes over it where the module is missing.
    var isOptional: Bool

    /// Reads `line`; nil for comments, includes and what is no rule.
    init?(_ line: String) {
      var words = line.words()
      guard let type = words.first,
        ["auth", "account", "password", "session"].contains(
          type.drop { $0 == "-" }), words.count >= 3
      else { return nil }
      words.removeFirst()
      if words[0].first == "[", let close = words.firstIndex(where: { $0.last == "]" }) {
        control = words[...close].joined(separator: " ")
        words.removeFirst(close + 1)
      } else {
        control = String(words.removeFirst())
      }
      guard let module = words.first, control != "include", control != "substack" else {
        return nil
      }
      self.module = String(module)
      isOptional = type.first == "-" || control == "optional"
    }

    /// The module's name without its directory.
    var name: String { module.lastComponent }
  }
}
