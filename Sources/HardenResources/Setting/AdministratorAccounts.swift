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
    let book = try Self.book(of: host)
    let sudo = (try? Sudoers.of(host)) ?? Sudoers("")
    for user in book.users {
      let account = Account(
        name: user.name, id: user.id, home: user.home, groups: book.groups(of: user),
        hasPassword: !book.isLocked(user.name))
      let mayBecomeRoot =
        user.id == 0 || !account.groups.isDisjoint(with: Self.groups)
        || sudo.allows(user.name, account.groups, hasPassword: { !book.isLocked($0) })
      let isOne = login.map { user.id == $0 } ?? (Administrators.hasShell(user) && mayBecomeRoot)
      if isOne { accounts.append(account) }
    }
    isLoggedIn = login != nil && !accounts.isEmpty
  }

  /// Only root can read the passwords, and nobody else can change anything.
  private static func book(of host: borrowing Host) throws(SystemError) -> AccountBook {
    do throws(SystemError) { return try host.accountBook() } catch {
      var contents: [AccountFile: [UInt8]] = [:]
      for file in [AccountFile.passwd, .group] {
        contents[file] = try host.contents(file.path, limit: Host.contentLimit)
      }
      return AccountBook(contents)
    }
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
