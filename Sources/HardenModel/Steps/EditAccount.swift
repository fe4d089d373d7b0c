/// Making, changing or removing one account, in the words of a playbook.
package struct EditAccount: Hashable, Sendable, Codable {
  /// Whose account.
  package var account: Account
  /// What changes, as it must be before; nil when there must be no such account.
  package var before: AccountClaims?
  /// The same afterwards; nil when the account is to go.
  package var after: AccountClaims?

  /// `account` going from `before` to `after`.
  package init(_ account: Account, before: AccountClaims?, after: AccountClaims?) {
    self.account = account
    self.before = before
    self.after = after
  }

  /// Groups other than its own whose rows the step may change.
  package var groups: [String] {
    Set((before?.groups ?? []) + (after?.groups ?? [])).subtracting([account.name]).sorted()
  }
}

/// What is claimed of an account; nil fields make no claim.
package struct AccountClaims: Hashable, Sendable, Codable {
  /// Its number; without one, a new account gets the next that is free.
  package var id: UInt32?
  /// Whether a new account gets a number of the system's range.
  package var isSystem: Bool?
  /// The primary group of a user; without one, a new user gets a group of the same name.
  package var group: String?
  /// The home directory's path.
  package var home: String?
  /// The login shell.
  package var shell: String?
  /// Groups that name the user as a member; what other groups do is no claim.
  package var groups: [String]?
  /// The members of a group, all of them.
  package var members: [String]?
  /// Whether no password opens the account.
  package var isLocked: Bool?
  /// Fields of `/etc/shadow` as they stand there; an empty one is switched off.
  package var ages: [AccountAge: String]

  /// Makes no claim but the ones given.
  package init(
    id: UInt32? = nil, isSystem: Bool? = nil, group: String? = nil, home: String? = nil,
    shell: String? = nil, groups: [String]? = nil, members: [String]? = nil,
    isLocked: Bool? = nil, ages: [AccountAge: String] = [:]
  ) {
    self.id = id
    self.isSystem = isSystem
    self.group = group
    self.home = home
    self.shell = shell
    self.groups = groups
    self.members = members
    self.isLocked = isLocked
    self.ages = ages
  }

  /// As people read it.
  package var summary: String {
    var words: [String] = []
    if let id { words.append("number \(id)") }
    if let group { words.append("group \(group)") }
    if let home { words.append("home \(home)") }
    if let shell { words.append("shell \(shell)") }
    if let groups { words.append("member of \(groups.joined(separator: ","))") }
    if let members { words.append("members \(members.joined(separator: ","))") }
    if let isLocked { words.append(isLocked ? "locked" : "not locked") }
    for age in AccountAge.allCases {
      if let value = ages[age] { words.append("\(age.rawValue) \(value.isEmpty ? "off" : value)") }
    }
    return words.isEmpty ? "present" : words.joined(separator: ", ")
  }
}
