internal import HardenModel
internal import HardenSystem

/// Whom the files of sudo name, as far as lines tell.
struct SudoAccess {
  /// The lines of all files, continuations joined, comments left out.
  private var lines: [[String]] = []
  private let users: SudoUsers

  /// What administrators lose between `before` and `after`.
  static func lost(_ before: borrowing Host, _ after: borrowing Host) throws(SystemError)
    -> [String]
  {
    let people = try AdministratorAccounts.of(before)
    let (old, new) = (try SudoAccess(before), try SudoAccess(after))
    let rights = try people.lost("could not use sudo any more") { account throws(SystemError) in
      old.rules(for: account).isEmpty ? "no line names it" : nil
    } after: { account throws(SystemError) in
      new.rules(for: account).isEmpty ? "no line names it" : nil
    }
    guard rights.isEmpty else { return rights }
    return try people.lost("could not use sudo any more") { account throws(SystemError) in
      old.obstacle(account)
    } after: { account throws(SystemError) in
      new.obstacle(account)
    }
  }

  init(_ host: borrowing Host) throws(SystemError) {
    var whole = try host.text("/etc/sudoers") ?? ""
    for name in try host.entries("/etc/sudoers.d") where !name.contains(".") && name.last != "~" {
      whole += "\n" + (try host.text("/etc/sudoers.d/\(name)") ?? "")
    }
    let lines = whole.replacing("\\\n", by: " ").split(at: "\n").map {
      Substring($0.utf8.prefix { $0 != 0x23 })
    }
    users = SudoUsers(lines)
    for line in lines {
      guard let (users, rest) = SudoUsers.split(line.replacing("=", by: " = ")), !rest.isEmpty,
        !users.hasPrefix("Defaults"), !users.hasSuffix("_Alias"), !users.hasPrefix("@")
      else { continue }
      self.lines.append([users] + rest)
    }
  }

  private func rules(for account: AdministratorAccounts.Account) -> [[String]] {
    lines.filter { users.mean($0[0], account.name, account.groups) }
  }

  /// Why the account cannot use its lines; nil when it can.
  private func obstacle(_ account: AdministratorAccounts.Account) -> String? {
    let rules = rules(for: account)
    if rules.isEmpty { return "no line names it" }
    let isFree = rules.contains { $0.contains { $0.contains("NOPASSWD:") } }
    return isFree || account.hasPassword || account.id == 0
      ? nil : "it would be asked for a password, and has none"
  }
}
