internal import HardenModel
internal import HardenSystem

/// Whether an account can log in by ssh, as far as files tell.
struct ServerAccess: ~Copyable {
  private let host: Host
  private let file: String

  /// What administrators lose between `before` and `after` by a change of `setting`.
  static func lost(by setting: Setting, _ before: borrowing Host, _ after: borrowing Host)
    throws(SystemError) -> [String]
  {
    let people = try AdministratorAccounts.of(before)
    let old = ServerAccess(host: try before.copy(), file: setting.file)
    let new = ServerAccess(host: try after.copy(), file: setting.file)
    return try people.lost("could not come back by ssh") { account throws(SystemError) in
      try old.obstacle(account)
    } after: { account throws(SystemError) in
      try new.obstacle(account)
    }
  }

  private init(host: consuming Host, file: String) {
    self.host = host
    self.file = file
  }

  /// The value of `key` that counts for everybody.
  private func value(_ key: String) throws(SystemError) -> String? {
    let setting = Setting(file: file, format: .sshd, key: key, wanted: nil)
    let found = try SettingLines(setting, host)
    return setting.isCollected && !found.lines.isEmpty
      ? found.lines.map(\.text).joined(separator: " ") : found.winner?.text
  }

  private func isOff(_ key: String, usual: Bool = false) throws(SystemError) -> Bool {
    guard let text = try value(key) else { return usual }
    return text.lowercased() == "no"
  }

  /// Why `account` cannot log in; nil when it can.
  private func obstacle(_ account: AdministratorAccounts.Account) throws(SystemError) -> String? {
    if try names("DenyUsers", [account.name]) == true { return "DenyUsers names it" }
    if try names("AllowUsers", [account.name]) == false { return "AllowUsers does not name it" }
    if try names("DenyGroups", account.groups) == true { return "DenyGroups names a group of it" }
    if try names("AllowGroups", account.groups) == false {
      return "AllowGroups names none of its groups"
    }
    let accepts = try acceptsPasswords()
    var passwords = accepts && account.hasPassword
    if account.id == 0 {
      let root = try value("PermitRootLogin")?.lowercased() ?? "prohibit-password"
      if root == "no" { return "PermitRootLogin is no" }
      if root == "forced-commands-only" { return "PermitRootLogin allows commands only" }
      if root != "yes" { passwords = false }
    }
    if passwords { return nil }
    if try isOff("PubkeyAuthentication") { return "neither keys nor a password would be accepted" }
    return try hasKey(account)
      ? nil : "\(account.home)/.ssh/authorized_keys holds no key, and no password would be accepted"
  }

  /// Whether the list that `key` gives has one of `names`; nil where there is no list.
  private func names(_ key: String, _ names: Set<String>) throws(SystemError) -> Bool? {
    try value(key).map { Self.matches($0, names) }
  }

  private func acceptsPasswords() throws(SystemError) -> Bool {
    if try !isOff("PasswordAuthentication") { return true }
    if try isOff("KbdInteractiveAuthentication") { return false }
    if try isOff("ChallengeResponseAuthentication") { return false }
    return try !isOff("UsePAM", usual: true)
  }

  /// Whether a key may be found for the account; where keys come from a program or an authority,
  /// that is taken for granted.
  private func hasKey(_ account: AdministratorAccounts.Account) throws(SystemError) -> Bool {
    for key in ["AuthorizedKeysCommand", "TrustedUserCAKeys"] {
      if let text = try value(key), text.lowercased() != "none" { return true }
    }
    let files = try value("AuthorizedKeysFile") ?? ".ssh/authorized_keys .ssh/authorized_keys2"
    for word in SettingFormat.words(files) {
      let name = String(word).replacing("%h", with: account.home).replacing(
        "%u", with: account.name
      )
      .replacing("%%", with: "%")
      let path = name.first == "/" ? name : "\(account.home)/\(name)"
      let text = (try? host.text(path)).flatMap { $0 } ?? ""
      let lines = text.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
      if lines.contains(where: { !$0.isEmpty && $0.first != "#" }) { return true }
    }
    return false
  }

  /// Whether one of `names` matches a list of patterns; the hosts in it are anybody's.
  static func matches(_ patterns: String, _ names: Set<String>) -> Bool {
    var isNamed = false
    for word in SettingFormat.words(patterns) {
      let isNegated = word.first == "!"
      let pattern = word.dropFirst(isNegated ? 1 : 0).prefix { $0 != "@" }
      guard names.contains(where: { Glob.matches($0[...], pattern) }) else { continue }
      if isNegated { return false }
      isNamed = true
    }
    return isNamed
  }
}
