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

  /// The value of `key` that counts for `account`, wherever it comes from.
  ///
  /// A Match that names it goes before what counts for everybody.
  private func value(_ key: String, _ account: AdministratorAccounts.Account) throws(SystemError)
    -> String?
  {
    let setting = Setting(file: file, format: .sshd, key: key, wanted: nil)
    let found = try host.once("lines of \(key) in \(file)") { host throws(SystemError) in
      try SettingLines(setting, host)
    }
    let own = found.conditional.filter { ServerMatch.means($0.section, account) }
    let lines = own.isEmpty ? found.lines : own
    return setting.isCollected && !lines.isEmpty
      ? lines.map(\.text).joined(separator: " ") : lines.first?.text
  }

  private func isOff(
    _ key: String, _ account: AdministratorAccounts.Account, usual: Bool = false
  ) throws(SystemError) -> Bool {
    guard let text = try value(key, account) else { return usual }
    return text.lowercased() == "no"
  }

  /// Why `account` cannot log in; nil when it can.
  private func obstacle(_ account: AdministratorAccounts.Account) throws(SystemError) -> String? {
    if try names("DenyUsers", [account.name], account) == true { return "DenyUsers names it" }
    if try names("AllowUsers", [account.name], account) == false {
      return "AllowUsers does not name it"
    }
    if try names("DenyGroups", account.groups, account) == true {
      return "DenyGroups names a group of it"
    }
    if try names("AllowGroups", account.groups, account) == false {
      return "AllowGroups names none of its groups"
    }
    var knowsWords = account.hasPassword
    if account.id == 0 {
      let root = try value("PermitRootLogin", account)?.lowercased() ?? "prohibit-password"
      if root == "no" { return "PermitRootLogin is no" }
      if root == "forced-commands-only" { return "PermitRootLogin allows commands only" }
      if root != "yes" { knowsWords = false }
    }
    let isPasswordOff = try isOff("PasswordAuthentication", account)
    let hasDialogue = try acceptsDialogue(account)
    let (password, interactive) = (knowsWords && !isPasswordOff, knowsWords && hasDialogue)
    let isKeyOff = try isOff("PubkeyAuthentication", account)
    let isStrict = try !isOff("StrictModes", account)
    let held: Keys = isKeyOff ? .missing : try keys(of: account, isStrict: isStrict)
    if let wanted = try value("AuthenticationMethods", account), wanted.lowercased() != "any" {
      let passes = wanted.words().contains { list in
        list.split(at: ",").allSatisfy { method in
          switch method.prefix(while: { $0 != ":" }) {
          case "publickey": held == .present
          case "password": password
          case "keyboard-interactive": interactive
          // Whether another host or a ticket vouches for somebody shows in no file.
          default: true
          }
        }
      }
      return passes ? nil : "AuthenticationMethods wants \(wanted), which it cannot all show"
    }
    if password || interactive || held == .present { return nil }
    if isKeyOff { return "neither keys nor a password would be accepted" }
    return held == .untrusted
      ? "\(account.home)/.ssh/authorized_keys, or a folder on the way, is not its own or others can "
        + "write it, so that StrictModes does not take its keys, and no password would be accepted"
      : "\(account.home)/.ssh/authorized_keys holds no key, and no password would be accepted"
  }

  /// Whether the list that `key` gives has one of `names`; nil where there is no list.
  private func names(
    _ key: String, _ names: Set<String>, _ account: AdministratorAccounts.Account
  ) throws(SystemError) -> Bool? {
    try value(key, account).map { Self.matches($0, names) }
  }

  private func acceptsDialogue(_ account: AdministratorAccounts.Account) throws(SystemError) -> Bool
  {
    if try isOff("KbdInteractiveAuthentication", account) { return false }
    if try isOff("ChallengeResponseAuthentication", account) { return false }
    return try !isOff("UsePAM", account, usual: true)
  }

  /// What sshd would find of the keys of an account.
  private enum Keys { case missing, untrusted, present }

  /// Whether a key may be found for the account; where keys come from a program or an authority,
  /// that is taken for granted.
  private func keys(of account: AdministratorAccounts.Account, isStrict: Bool) throws(SystemError)
    -> Keys
  {
    for key in ["AuthorizedKeysCommand", "TrustedUserCAKeys"] {
      if let text = try value(key, account), text.lowercased() != "none" { return .present }
    }
    let files =
      try value("AuthorizedKeysFile", account) ?? ".ssh/authorized_keys .ssh/authorized_keys2"
    var found = Keys.missing
    for word in files.words() {
      let name = word.replacing("%h", by: account.home).replacing("%u", by: account.name)
        .replacing("%%", by: "%")
      let path = name.first == "/" ? name : "\(account.home)/\(name)"
      let text = (try? host.text(path)).flatMap { $0 } ?? ""
      let lines = text.split(at: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
      guard lines.contains(where: { !$0.isEmpty && $0.first != "#" }) else { continue }
      if !isStrict || KeyFileTrust.isSafe(path, account, host) { return .present }
      found = .untrusted
    }
    return found
  }

  /// Whether one of `names` matches a list of patterns; the hosts in it are anybody's.
  static func matches(_ patterns: String, _ names: Set<String>) -> Bool {
    var isNamed = false
    for word in patterns.words() {
      let isNegated = word.first == "!"
      let pattern = word.dropFirst(isNegated ? 1 : 0).prefix { $0 != "@" }
      guard names.contains(where: { Glob.matches($0[...], pattern) }) else { continue }
      if isNegated { return false }
      isNamed = true
    }
    return isNamed
  }
}
