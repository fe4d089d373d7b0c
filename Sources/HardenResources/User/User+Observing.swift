package import HardenCore
package import HardenModel
package import HardenSystem

extension User {
  private var account: Account { Account(.user, name) }

  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    do throws(SystemError) {
      let book = try host.accountBook()
      guard let found = book.user(name) else {
        if presence == .absent {
          return Observation(planes: [PlaneState(.file, observed: nil, wanted: nil, holds: true)])
        }
        return try making(book, host)
      }
      return try presence == .absent
        ? removing(found, book, host) : changing(found, book, host)
    } catch { return try PathPlace.observation(error) }
  }

  // MARK: Making

  private func making(_ book: AccountBook, _ host: borrowing Host) throws(SystemError)
    -> Observation
  {
    var wanted = claims
    wanted.isSystem = claims.isSystem ?? false
    wanted.home = claims.home ?? "/home/\(name)"
    wanted.shell = claims.shell
    if wanted.shell == nil { wanted.shell = try usualShell(host) }
    // A group of that name that is there already becomes the primary one.
    wanted.group = claims.group ?? book.group(name).map(\.name)
    wanted.groups = claims.groups.flatMap { $0.isEmpty ? nil : $0 }
    // A new password is locked.
    wanted.isLocked = claims.isLocked == true ? true : nil
    var planes = AccountPlanes(name, in: book)
    let range = wanted.isSystem == true ? "next free system number" : "next free number"
    planes.make("uid \(wanted.id.map { "\($0)" } ?? "(\(range))")", in: .passwd)
    planes.make("group \(wanted.group ?? "\(name) (new)")", in: .passwd)
    planes.make("home \(wanted.home ?? "")", in: .passwd)
    planes.make("shell \(wanted.shell ?? "")", in: .passwd)
    if let groups = wanted.groups { planes.make("member of \(Self.list(groups))", in: .group) }
    if book.tables[.shadow] != nil { planes.make("password locked", in: .shadow) }
    for age in AccountAge.allCases {
      if let value = wanted.ages[age] { planes.make(Self.text(age, value), in: .shadow) }
    }
    if let why = obstacle(book) { return Observation(.refused(why), planes: planes.all) }
    let order = EditAccount(account, before: nil, after: wanted)
    return try finish(planes, order, book, host)
  }

  /// Why the account cannot be as wanted; nil when it can.
  private func obstacle(_ book: AccountBook) -> String? {
    for group in [claims.group].compactMap(\.self) + (claims.groups ?? [])
    where book.group(group) == nil {
      return "there is no group '\(group)'; let another resource make it"
    }
    if let id = claims.id, let other = book.users.first(where: { $0.id == id && $0.name != name }) {
      return "uid \(id) belongs to \(other.name)"
    }
    return nil
  }

  private func usualShell(_ host: borrowing Host) throws(SystemError) -> String {
    if claims.isSystem == true { return "/usr/sbin/nologin" }
    let usual = AccountPolicy(
      (try host.text("/etc/default/useradd") ?? "").replacing("=", by: " "))
    return usual.text("SHELL") ?? "/bin/sh"
  }

  // MARK: Changing

  private func changing(_ found: AccountBook.User, _ book: AccountBook, _ host: borrowing Host)
    throws(SystemError) -> Observation
  {
    var planes = AccountPlanes(name, in: book)
    var (before, after) = (AccountClaims(), AccountClaims())
    if let id = claims.id {
      planes.compare("uid", "\(found.id)", "\(id)", holds: id == found.id, in: .passwd)
    }
    if let group = claims.group {
      let now = book.groupName(found.group) ?? "#\(found.group)"
      planes.compare("group", now, group, holds: now == group, in: .passwd)
      if now != group { (before.group, after.group) = (book.groupName(found.group), group) }
    }
    if let home = claims.home {
      planes.compare("home", found.home, home, holds: home == found.home, in: .passwd)
      if home != found.home { (before.home, after.home) = (found.home, home) }
    }
    if let shell = claims.shell {
      planes.compare("shell", found.shell, shell, holds: shell == found.shell, in: .passwd)
      if shell != found.shell { (before.shell, after.shell) = (found.shell, shell) }
    }
    if let wanted = claims.groups, !wanted.isEmpty {
      let named = Set(book.groups(naming: name))
      let missing = wanted.filter { !named.contains($0) }
      planes.compare(
        "member of", Self.list(wanted.filter(named.contains)), Self.list(wanted),
        holds: missing.isEmpty, in: .group, row: missing.first ?? wanted.first)
      if !missing.isEmpty { (before.groups, after.groups) = ([], missing) }
    }
    comparePassword(book, &planes, &before, &after)
    if let id = claims.id, id != found.id {
      return Observation(
        .refused(
          "its uid is \(found.id), and files would be left behind with it; change it by hand"),
        planes: planes.all)
    }
    if let why = obstacle(book) { return Observation(.refused(why), planes: planes.all) }
    if book.tables[.shadow]?.rows(of: name).isEmpty != false, !claims.ages.isEmpty {
      return Observation(
        .refused("it has no row in /etc/shadow, where limits are kept; run pwconv"),
        planes: planes.all)
    }
    planes.presentIfEmpty(in: .passwd)
    let order = EditAccount(account, before: before, after: after)
    return try finish(planes, after == AccountClaims() ? nil : order, book, host)
  }

  private func comparePassword(
    _ book: AccountBook, _ planes: inout AccountPlanes, _ before: inout AccountClaims,
    _ after: inout AccountClaims
  ) {
    if claims.isLocked == true {
      let isLocked = book.isLocked(name)
      planes.compare(
        "password", isLocked ? "locked" : "not locked", "locked", holds: isLocked,
        in: book.passwordFile(of: name))
      if !isLocked { (before.isLocked, after.isLocked) = (false, true) }
    }
    for age in AccountAge.allCases {
      guard let wanted = claims.ages[age] else { continue }
      let now = book.age(age, of: name) ?? ""
      planes.compare(
        age == .expires ? "expires" : "\(age.rawValue) days", Self.shown(age, now),
        Self.shown(age, wanted), holds: now == wanted, in: .shadow)
      if now != wanted { (before.ages[age], after.ages[age]) = (now, wanted) }
    }
  }

  private func finish(
    _ planes: AccountPlanes, _ order: EditAccount?, _ book: AccountBook, _ host: borrowing Host
  ) throws(SystemError) -> Observation {
    var observation = Observation(planes: planes.all, steps: order.map { [.editAccount($0)] } ?? [])
    let home = claims.home ?? order?.after?.home ?? book.user(name)?.home
    if makesHome, let home {
      try HomeDirectory(home, of: name, group: primaryGroup(order, book)).add(
        to: &observation, host)
    }
    // A planned host may hold and yet be one that nobody could get into.
    let found = try AccountRisks(
      order ?? EditAccount(account, before: claims, after: claims), on: host)
    observation.risks = found.sentences
    observation.notes += found.notes
    if let order, order.before != nil || order.after?.isSystem == true {
      observation.risks += try serviceRisks(order, host)
    }
    return observation
  }

  private func primaryGroup(_ order: EditAccount?, _ book: AccountBook) -> String {
    claims.group ?? order?.after?.group ?? book.user(name).flatMap { book.groupName($0.group) }
      ?? name
  }

  private func serviceRisks(_ order: EditAccount, _ host: borrowing Host) throws(SystemError)
    -> [String]
  {
    let ends: [(AccountAge, String)] = [
      (.max, "an end of its password"), (.inactive, "an end of its password"),
      (.expires, "an end of the account"),
    ]
    for (age, what) in ends {
      // 99999 days stand for "never".
      guard let value = order.after?.ages[age], let days = Int(value), age != .max || days < 99_999
      else { continue }
      return try ServiceUse.sentence(name, ending: what, on: host).map { [$0] } ?? []
    }
    return []
  }

  // MARK: Removing

  private func removing(_ found: AccountBook.User, _ book: AccountBook, _ host: borrowing Host)
    throws(SystemError) -> Observation
  {
    var planes = AccountPlanes(name, in: book)
    planes.remove("home \(found.home), shell \(found.shell)", in: .passwd)
    if found.id == 0 { return Observation(.refused("it is root"), planes: planes.all) }
    if let process = host.processes(of: found.id).first {
      return Observation(
        .refused("\(process) runs as it, and userdel would refuse; stop it first"),
        planes: planes.all)
    }
    let before = AccountClaims(
      id: found.id, home: found.home, shell: found.shell, groups: book.groups(naming: name))
    let order = EditAccount(account, before: before, after: nil)
    var observation = Observation(planes: planes.all, steps: [.editAccount(order)])
    if try host.inode(found.home)?.form == .directory {
      observation.notes = ["its home \(found.home) stays, and belongs to the bare number then"]
    }
    observation.risks = try AccountRisks(order, on: host).sentences
    return observation
  }

  // MARK: Words

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.joined(separator: ",")
  }

  private static func shown(_ age: AccountAge, _ field: String) -> String {
    age == .expires ? AccountEnd.shown(field) : field.isEmpty ? "off" : field
  }

  private static func text(_ age: AccountAge, _ field: String) -> String {
    age == .expires ? "expires \(shown(age, field))" : "\(age.rawValue) days \(shown(age, field))"
  }
}
