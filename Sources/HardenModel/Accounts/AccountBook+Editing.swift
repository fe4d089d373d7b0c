/// What account tools would make of the files, for roots whose own tools are not run.
extension AccountBook {
  /// Why a wanted account cannot be made.
  package struct Obstacle: Error, Hashable, Sendable {
    /// One sentence without its subject.
    package var reason: String

    /// It cannot be made, because `reason`.
    package init(reason: String) { self.reason = reason }
  }

  /// Makes the account as `order` has it after; what is so already stays.
  ///
  /// `today` is the day since 1970, for the password of a new account.
  package mutating func apply(_ order: EditAccount, _ policy: AccountPolicy, today: Int)
    throws(Obstacle)
  {
    let account = order.account
    guard let after = order.after else {
      remove(account, policy)
      return
    }
    switch account.kind {
    case .user:
      if user(account.name) == nil { try make(account.name, after, policy, today) }
      change(user: account.name, after)
    case .group:
      if group(account.name) == nil {
        try makeGroup(account.name, id: after.id, isSystem: after.isSystem ?? false, policy)
      }
      if let members = after.members { change(group: account.name, members: members) }
    }
  }

  // MARK: Making

  private mutating func make(
    _ name: String, _ claims: AccountClaims, _ policy: AccountPolicy, _ today: Int
  ) throws(Obstacle) {
    let isSystem = claims.isSystem ?? false
    guard
      let id = claims.id
        ?? policy.free("U", isSystem: isSystem, used: Set(users.map(\.id)))
    else { throw Obstacle(reason: "every number for users is taken") }
    if claims.group == nil, group(name) == nil {
      let isFree =
        policy.range("G", isSystem: isSystem).contains(id)
        && !groups.contains { $0.id == id }
      try makeGroup(name, id: isFree ? id : nil, isSystem: isSystem, policy)
    }
    guard let group = group(claims.group ?? name)?.id else {
      throw Obstacle(reason: "there is no group '\(claims.group ?? name)'")
    }
    let hasShadow = tables[.shadow] != nil
    let (home, shell) = (claims.home ?? "/home/\(name)", claims.shell ?? "")
    add(.passwd, [name, hasShadow ? "x" : "!", "\(id)", "\(group)", "", home, shell])
    let ages = [AccountAge.min, .max, .warn].map { isSystem ? "" : policy.age($0) }
    add(.shadow, [name, "!", "\(today)"] + ages + ["", "", ""])
    if !isSystem, claims.id.map(policy.range("U", isSystem: false).contains) ?? true {
      for (file, letter) in [(AccountFile.subuid, "U"), (.subgid, "G")] {
        addRange(file, letter, name, policy)
      }
    }
  }

  private mutating func makeGroup(
    _ name: String, id: UInt32?, isSystem: Bool, _ policy: AccountPolicy
  ) throws(Obstacle) {
    let used = Set(groups.map(\.id))
    guard let id = id ?? policy.free("G", isSystem: isSystem, used: used) else {
      throw Obstacle(reason: "every number for groups is taken")
    }
    add(.group, [name, tables[.gshadow] == nil ? "!" : "x", "\(id)", ""])
    add(.gshadow, [name, "!", "", ""])
  }

  private mutating func addRange(
    _ file: AccountFile, _ letter: String, _ name: String, _ policy: AccountPolicy
  ) {
    guard let table = tables[file] else { return }
    let taken = table.rows.compactMap { row -> (first: Int, count: Int)? in
      guard row.count >= 3, let first = Int(row[1].lossy), let count = Int(row[2].lossy) else {
        return nil
      }
      return (first, count)
    }
    guard let range = policy.subordinate(letter, taken: taken) else { return }
    add(file, [name, "\(range.first)", "\(range.count)"])
  }

  private mutating func add(_ file: AccountFile, _ fields: [String]) {
    tables[file]?.replace(fields[0], with: [fields.map { Bytes($0) }], behind: nil)
  }

  // MARK: Changing

  private mutating func change(user name: String, _ claims: AccountClaims) {
    if let group = claims.group.flatMap(group) { set(.passwd, name, 3, "\(group.id)") }
    if let home = claims.home { set(.passwd, name, 5, home) }
    if let shell = claims.shell { set(.passwd, name, 6, shell) }
    for group in claims.groups ?? [] {
      for file in [AccountFile.group, .gshadow] {
        edit(file, group, 3) { $0.contains(name) ? $0 : $0 + [name] }
      }
    }
    if claims.isLocked == true, !isLocked(name) {
      let file = passwordFile(of: name)
      if let row = tables[file]?.rows(of: name).first, row.count > 1 {
        set(file, name, 1, Bytes([0x21] + row[1].raw))
      }
    }
    for (age, value) in claims.ages { set(.shadow, name, age.field, value) }
  }

  private mutating func change(group name: String, members: [String]) {
    for file in [AccountFile.group, .gshadow] {
      edit(file, name, 3) { Set($0) == Set(members) ? $0 : members }
    }
  }

  private mutating func set(_ file: AccountFile, _ name: String, _ field: Int, _ text: String) {
    set(file, name, field, Bytes(text))
  }

  private mutating func set(_ file: AccountFile, _ name: String, _ field: Int, _ value: Bytes) {
    guard var rows = tables[file]?.rows(of: name), !rows.isEmpty, field < rows[0].count else {
      return
    }
    rows[0][field] = value
    tables[file]?.replace(name, with: rows, behind: nil)
  }

  private mutating func edit(
    _ file: AccountFile, _ name: String, _ field: Int, _ change: ([String]) -> [String]
  ) {
    guard let row = tables[file]?.rows(of: name).first, field < row.count else { return }
    let (old, new) = (row[field].list, change(row[field].list))
    if new != old { set(file, name, field, Bytes(list: new)) }
  }

  // MARK: Removing

  private mutating func remove(_ account: Account, _ policy: AccountPolicy) {
    let name = account.name
    guard account.kind == .user else {
      for file in account.files { tables[file]?.replace(name, with: [], behind: nil) }
      return
    }
    let own = user(name)
    for group in groups(naming: name) {
      for file in [AccountFile.group, .gshadow] {
        for field in file.lists { edit(file, group, field) { $0.filter { $0 != name } } }
      }
    }
    for file in [AccountFile.passwd, .shadow, .subuid, .subgid] {
      tables[file]?.replace(name, with: [], behind: nil)
    }
    guard policy.removesUserGroups, let group = group(name), group.id == own?.group,
      group.members.isEmpty, !users.contains(where: { $0.group == group.id })
    else { return }
    for file in [AccountFile.group, .gshadow] {
      tables[file]?.replace(name, with: [], behind: nil)
    }
  }
}
