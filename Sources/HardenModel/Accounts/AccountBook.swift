/// The account files of one root together.
package struct AccountBook: Hashable, Sendable {
  /// The files that are there.
  package var tables: [AccountFile: AccountTable]

  /// A book of the files in `contents`.
  package init(_ contents: [AccountFile: [UInt8]]) {
    tables = contents.mapValues(AccountTable.init)
  }

  /// A user's row of `/etc/passwd`, as far as it matters here.
  package struct User: Hashable, Sendable {
    /// The login name.
    package var name: String
    /// The number.
    package var id: UInt32
    /// The number of the primary group.
    package var group: UInt32
    /// The home directory's path.
    package var home: String
    /// The login shell.
    package var shell: String
  }

  /// A group's row of `/etc/group`.
  package struct Group: Hashable, Sendable {
    /// The group's name.
    package var name: String
    /// The number.
    package var id: UInt32
    /// The users that the row names.
    package var members: [String]
  }

  /// Every user; rows that make no sense are left out.
  package var users: [User] { (tables[.passwd]?.rows ?? []).compactMap(Self.user) }

  /// Every group.
  package var groups: [Group] { (tables[.group]?.rows ?? []).compactMap(Self.group) }

  /// The user called `name`.
  package func user(_ name: String) -> User? {
    tables[.passwd]?.rows(of: name).first.flatMap(Self.user)
  }

  /// The group called `name`.
  package func group(_ name: String) -> Group? {
    tables[.group]?.rows(of: name).first.flatMap(Self.group)
  }

  /// The name of the group with the number `id`.
  package func groupName(_ id: UInt32) -> String? { groups.first { $0.id == id }?.name }

  /// The groups whose rows name `user`, sorted.
  package func groups(naming user: String) -> [String] {
    var names: Set<String> = []
    for file in [AccountFile.group, .gshadow] {
      for row in tables[file]?.rows ?? [] {
        let lists = file.lists.filter { $0 < row.count }.flatMap { row[$0].list }
        if lists.contains(user) { names.insert(row[0].lossy) }
      }
    }
    return names.sorted()
  }

  private static func user(_ row: [Bytes]) -> User? {
    guard row.count >= 7, let id = UInt32(row[2].lossy), let group = UInt32(row[3].lossy) else {
      return nil
    }
    return User(
      name: row[0].lossy, id: id, group: group, home: row[5].lossy, shell: row[6].lossy)
  }

  private static func group(_ row: [Bytes]) -> Group? {
    guard row.count >= 4, let id = UInt32(row[2].lossy) else { return nil }
    return Group(name: row[0].lossy, id: id, members: row[3].list)
  }

  // MARK: Passwords

  /// The file that holds the password of `user`: `passwd` where there is no shadow row.
  package func passwordFile(of user: String) -> AccountFile {
    tables[.shadow]?.rows(of: user).isEmpty == false ? .shadow : .passwd
  }

  private func password(of user: String) -> [UInt8]? {
    guard let row = tables[passwordFile(of: user)]?.rows(of: user).first, row.count > 1 else {
      return nil
    }
    return row[1].raw
  }

  /// Whether no password opens the account.
  package func isLocked(_ user: String) -> Bool {
    guard let password = password(of: user) else { return true }
    return password.first == 0x21 || password.first == 0x2A
  }

  /// A field of the shadow row; nil where there is no such row.
  package func age(_ age: AccountAge, of user: String) -> String? {
    guard let row = tables[.shadow]?.rows(of: user).first else { return nil }
    return age.field < row.count ? row[age.field].lossy : ""
  }

  // MARK: Comparing

  /// The claims that the account does not meet, by name; nil when there is no such account.
  package func unmet(_ claims: AccountClaims, of account: Account) -> [String]? {
    var names: [String] = []
    func check(_ name: String, _ holds: Bool?) { if holds == false { names.append(name) } }
    switch account.kind {
    case .user:
      guard let user = user(account.name) else { return nil }
      check("uid", claims.id.map { $0 == user.id })
      check("group", claims.group.map { group($0)?.id == user.group })
      check("home", claims.home.map { $0 == user.home })
      check("shell", claims.shell.map { $0 == user.shell })
      check("password", claims.isLocked.map { $0 == isLocked(account.name) })
      if let wanted = claims.groups {
        let naming = Set(groups(naming: account.name))
        check("groups", naming.isSuperset(of: wanted))
      }
      for (age, value) in claims.ages { check(age.rawValue, self.age(age, of: user.name) == value) }
    case .group:
      guard let group = group(account.name) else { return nil }
      check("gid", claims.id.map { $0 == group.id })
      check("members", claims.members.map { Set($0) == Set(group.members) })
    }
    return names
  }
}
