package import HardenCore
package import HardenModel
package import HardenSystem

extension Group {
  private var account: Account { Account(.group, name) }

  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    do throws(SystemError) {
      let book = try host.accountBook()
      guard let found = book.group(name) else {
        if presence == .absent {
          return Observation(planes: [PlaneState(.file, observed: nil, wanted: nil, holds: true)])
        }
        return try making(book, host)
      }
      return try presence == .absent
        ? removing(found, book, host) : changing(found, book, host)
    } catch { return try PathPlace.observation(error) }
  }

  private func making(_ book: AccountBook, _ host: borrowing Host) throws(SystemError)
    -> Observation
  {
    var wanted = claims
    wanted.isSystem = claims.isSystem ?? false
    wanted.members = claims.members.flatMap { $0.isEmpty ? nil : $0 }
    var planes = AccountPlanes(name, in: book)
    let range = wanted.isSystem == true ? "next free system number" : "next free number"
    planes.make("gid \(wanted.id.map { "\($0)" } ?? "(\(range))")", in: .group)
    if let members = wanted.members { planes.make("members \(Self.list(members))", in: .group) }
    if let id = claims.id, let other = book.groupName(id) {
      return Observation(.refused("gid \(id) belongs to \(other)"), planes: planes.all)
    }
    if let why = obstacle(book) { return Observation(.refused(why), planes: planes.all) }
    let order = EditAccount(account, before: nil, after: wanted)
    return Observation(
      planes: planes.all, steps: [.editAccount(order)],
      risks: try AccountRisks(order, on: host).sentences)
  }

  private func obstacle(_ book: AccountBook) -> String? {
    claims.members?.first { book.user($0) == nil }.map {
      "there is no user '\($0)'; make it first, or name this group in its groups"
    }
  }

  private func changing(_ found: AccountBook.Group, _ book: AccountBook, _ host: borrowing Host)
    throws(SystemError) -> Observation
  {
    var planes = AccountPlanes(name, in: book)
    if let id = claims.id {
      planes.compare("gid", "\(found.id)", "\(id)", holds: id == found.id, in: .group)
      if id != found.id {
        return Observation(
          .refused(
            "its gid is \(found.id), and files would be left behind with it; change it by hand"),
          planes: planes.all)
      }
    }
    guard let members = claims.members else {
      planes.presentIfEmpty(in: .group)
      return Observation(planes: planes.all)
    }
    let holds = Set(members) == Set(found.members)
    planes.compare(
      "members", Self.list(found.members), Self.list(members), holds: holds, in: .group)
    if let why = holds ? nil : obstacle(book) {
      return Observation(.refused(why), planes: planes.all)
    }
    let order = EditAccount(
      account, before: AccountClaims(members: found.members),
      after: AccountClaims(members: members))
    return Observation(
      planes: planes.all, steps: holds ? [] : [.editAccount(order)],
      risks: try AccountRisks(order, on: host).sentences)
  }

  private func removing(_ found: AccountBook.Group, _ book: AccountBook, _ host: borrowing Host)
    throws(SystemError) -> Observation
  {
    var planes = AccountPlanes(name, in: book)
    planes.remove("members \(Self.list(found.members))", in: .group)
    if found.id == 0 { return Observation(.refused("it is root's"), planes: planes.all) }
    if let user = book.users.first(where: { $0.group == found.id }) {
      return Observation(
        .refused("it is the primary group of \(user.name)"), planes: planes.all)
    }
    let order = EditAccount(
      account, before: AccountClaims(id: found.id, members: found.members), after: nil)
    return Observation(
      planes: planes.all, steps: [.editAccount(order)],
      risks: try AccountRisks(order, on: host).sentences)
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.joined(separator: ",")
  }
}
