internal import HardenModel
internal import HardenSystem

/// The accounts that must not be shut out: who is logged in now, else everybody who may administer.
struct AdministratorAccounts {
  /// One account.
  struct Account: Hashable {
    var name: String
    var id: UInt32
    var home: String
    /// Every group that it is in, by name.
    var groups: Set<String>
    /// Whether its password can be typed in at all.
    var hasPassword: Bool
  }

  /// The accounts.
  private(set) var accounts: [Account] = []
  /// Whether they are who is logged in, each of whom counts; else one of them is enough.
  private(set) var isLoggedIn = false

  /// The groups whose members administer, as distributions have them.
  private static let groups: Set<String> = ["sudo", "wheel", "admin"]

  /// The administrators of `host`.
  static func of(_ host: borrowing Host) throws(SystemError) -> AdministratorAccounts {
    try host.once("administrators") { host throws(SystemError) in try AdministratorAccounts(host) }
  }

  /// The administrators of `host`; `login` is who logged in before harden was started, if anybody.
  init(_ host: borrowing Host, login: UInt32? = nil) throws(SystemError) {
    let login = login ?? (host.isLive ? CurrentProcess.identifier("loginuid") : nil)
    let rows = { (text: String?) in
      (text ?? "").split(separator: "\n").map {
        $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      }
    }
    let groups = rows(try host.text("/etc/group")).filter { $0.count >= 4 }
    // Only root can read them, and nobody else can change anything.
    let sudo = (try? Sudoers.of(host)) ?? Sudoers("")
    let users = rows(try host.text("/etc/passwd")).filter { $0.count >= 7 }
    let shadow = rows((try? host.text("/etc/shadow")).flatMap { $0 })
    let hasPassword = { (name: String) in
      let field =
        shadow.first { $0.first == name }.map { $0.count > 1 ? $0[1] : "" }
        ?? users.first { $0[0] == name }?[1]
      return field.map { !["!", "*"].contains($0.first) } ?? false
    }
    for row in users {
      guard let id = UInt32(row[2]) else { continue }
      let mine = groups.filter {
        $0[2] == row[3] || $0[3].split(separator: ",").contains { $0 == row[0] }
      }
      let account = Account(
        name: row[0], id: id, home: row[5], groups: Set(mine.map { $0[0] }),
        hasPassword: hasPassword(row[0]))
      let canLogIn = !row[6].hasSuffix("/nologin") && !row[6].hasSuffix("/false")
      let mayBecomeRoot =
        id == 0 || !account.groups.isDisjoint(with: Self.groups)
        || sudo.allows(account.name, account.groups, hasPassword: hasPassword)
      let isOne = login.map { id == $0 } ?? (canLogIn && mayBecomeRoot)
      if isOne { accounts.append(account) }
    }
    isLoggedIn = login != nil && !accounts.isEmpty
  }

  /// What those lose who had something before: `before` and `after` say why an account has it not.
  func lost(
    _ what: String, before: (Account) throws(SystemError) -> String?,
    after: (Account) throws(SystemError) -> String?
  ) throws(SystemError) -> [String] {
    var reasons: [String] = []
    var had = 0
    for account in accounts where try before(account) == nil {
      had += 1
      if let why = try after(account) { reasons.append("\(account.name) \(what): \(why)") }
    }
    return isLoggedIn || reasons.count == had ? reasons : []
  }
}
