internal import HardenModel
internal import HardenSystem

/// Makes, changes and removes accounts: on a live host by its own account tools, because policy,
/// audit records and SELinux domains come with them; below `--root` by rows.
///
/// What tools have no place for, or do less exactly, is written as fields of rows in both cases.
enum AccountEditor: Actuator {
  static func standing(of order: EditAccount, on host: borrowing Host) throws(SystemError)
    -> Standing
  {
    let book = try host.readAccountBook()
    if meets(order.after, order.account, book) { return .after }
    if meets(order.before, order.account, book) { return .before }
    if order.before == nil { return .neither("it exists") }
    let unmet = book.unmet(order.before ?? AccountClaims(), of: order.account)
    return .neither(unmet.map { "\($0.joined(separator: ", ")) changed" } ?? "it is gone")
  }

  private static func meets(_ claims: AccountClaims?, _ account: Account, _ book: AccountBook)
    -> Bool
  {
    let unmet = book.unmet(claims ?? AccountClaims(), of: account)
    return claims == nil ? unmet == nil : unmet == []
  }

  static func capture(_ order: EditAccount, on host: borrowing Host) throws(SystemError) -> Capture
  {
    let own = order.account.files.map { ($0, order.account.name) }
    let groups = order.groups.flatMap { [(AccountFile.group, $0), (.gshadow, $0)] }
    return try AccountCapture.take(own + groups, on: host)
  }

  static func perform(
    _ order: EditAccount, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError) {
    if host.host.isLive {
      let book = try host.host.readAccountBook()
      for tool in AccountTool.needed(for: order, book) {
        let ended = try host.run(tool.programs, tool.arguments)
        guard ended.status == 0 else {
          throw SystemError(
            refusing: "\(order.account)",
            "\(tool.name) ended with \(ended.status)\(ended.message.isEmpty ? "" : ": ")"
              + ended.message)
        }
        try host.syncAccounts()
      }
    }
    let policy = try host.host.accountPolicy()
    try host.editAccounts(temporary: temporary, content: content) { book throws(SystemError) in
      do throws(AccountBook.Obstacle) {
        try book.apply(order, policy, today: Int(CurrentProcess.time / 86_400))
      } catch { throw SystemError(refusing: "\(order.account)", error.reason) }
    }
  }

  static func undo(
    _ order: EditAccount, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    guard case .accounts(let original) = before else { return Undo() }
    let done: AccountImage? = if case .accounts(let image)? = after { image } else { nil }
    // What was interrupted may be going on: a tool does not end with who started it.
    if done == nil { host.awaitAccountTools() }
    let book = try host.readAccountBook()
    if done == nil, order.before == nil, order.after.map({ $0.isForeign(order, book) }) == true {
      return Undo(conflicts: [
        Conflict(
          "\(order.account)", before: "absent", after: order.after?.summary ?? "absent",
          found: "an account of somebody else")
      ])
    }
    let units = original.units.map { unit in
      AccountMerge.Sides(
        before: unit, after: done?.unit(unit.file, unit.name),
        now: book.unit(unit.file, unit.name))
    }
    let known = units.map { sides in
      var sides = sides
      sides.after = sides.after ?? order.predicted(sides.before, sides.now)
      return sides
    }
    return try AccountMerge(order.account, known).undo(original, done, on: host)
  }

  /// What puts the before-image back whoever has changed the account since.
  static func force(_ order: EditAccount, _ original: AccountImage, on host: borrowing Host)
    throws(SystemError) -> [Step]
  {
    let book = try host.readAccountBook()
    let units = original.units.map { unit in
      let now = book.unit(unit.file, unit.name)
      return AccountMerge.Sides(before: unit, after: order.predicted(unit, now), now: now)
    }
    return try AccountMerge(order.account, units).undo(original, nil, on: host).steps
  }
}

extension AccountClaims {
  /// Whether a user who is there now, where an interrupted step was to make one, is another.
  fileprivate func isForeign(_ order: EditAccount, _ book: AccountBook) -> Bool {
    // Passwords and ages are set last, members come after the row.
    var row = self
    (row.isLocked, row.ages, row.groups, row.members) = (nil, [:], nil, nil)
    return book.unmet(row, of: order.account)?.isEmpty == false
  }
}

extension EditAccount {
  /// The unit as the interrupted step would have it, as far as it is done: whatever `now` differs
  /// in, where the step had to change it, is taken to be its work.
  fileprivate func predicted(_ before: AccountUnit, _ now: AccountUnit) -> AccountUnit {
    var done = before
    if before.name != account.name {
      // Another group's row: whether it names this account is what the step changes.
      for row in done.rows.indices where row < now.rows.count {
        for field in before.file.lists {
          done.rows[row].follow(now.rows[row], in: field, about: account.name)
        }
      }
      return done
    }
    if self.before == nil || after == nil { return now }
    guard done.rows.count == 1, now.rows.count == 1 else { return done }
    for field in changed(in: before.file)
    where field < done.rows[0].fields.count && field < now.rows[0].fields.count {
      done.rows[0].fields[field] = now.rows[0].fields[field]
    }
    return done
  }

  /// The fields of its own row in `file` that the step changes.
  private func changed(in file: AccountFile) -> [Int] {
    guard let after else { return [] }
    switch file {
    case .passwd:
      return (after.group == nil ? [] : [3]) + (after.home == nil ? [] : [5])
        + (after.shell == nil ? [] : [6]) + (after.isLocked == nil ? [] : [1])
    case .shadow: return (after.isLocked == nil ? [] : [1]) + after.ages.keys.map(\.field)
    case .group, .gshadow: return after.members == nil ? [] : [3]
    case .subuid, .subgid: return []
    }
  }
}

extension AccountRow {
  /// Names `user` in the list `field` exactly where `other` does.
  fileprivate mutating func follow(_ other: AccountRow, in field: Int, about user: String) {
    guard field < fields.count, field < other.fields.count, case .text(let mine) = fields[field],
      case .text(let theirs) = other.fields[field]
    else { return }
    let isNamed = theirs.list.contains(user)
    if isNamed == mine.list.contains(user) { return }
    if theirs.list.filter({ $0 != user }) == mine.list.filter({ $0 != user }) {
      fields[field] = .text(theirs)
    } else {
      fields[field] = .text(
        Bytes(list: isNamed ? mine.list + [user] : mine.list.filter { $0 != user }))
    }
  }
}
