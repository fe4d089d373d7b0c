package import HardenCore
internal import HardenModel
package import HardenSystem

extension User: FindableKind {
  package static func mistake(in pattern: String) -> String? { FoundAccounts.mistake(in: pattern) }

  package static func found(on host: borrowing Host, matching pattern: String)
    throws(SystemError) -> Findings
  {
    let book = try host.accountBook()
    var findings = Findings()
    for user in book.users where matches(user.name, pattern) {
      guard book.user(user.name) == user else {
        findings.resources.append(Found(user.name, obstacle: "an earlier row has its name"))
        continue
      }
      var fields = [
        FoundField("name", .text(user.name)), FoundField("uid", .number("\(user.id)")),
      ]
      if let group = book.groupName(user.group) { fields.append(FoundField("group", .text(group))) }
      let groups = book.groups(naming: user.name)
      if !groups.isEmpty { fields.append(FoundAccounts.names("groups", groups)) }
      fields += FoundAccounts.path("home", user.home) + FoundAccounts.path("shell", user.shell)
      findings.resources.append(Found(user.name, fields + limits(of: user.name, in: book)))
    }
    if book.tables[.shadow] == nil, !findings.resources.isEmpty {
      findings.remarks = [
        "left out: passwords and their limits, since there is no /etc/shadow to read"
      ]
    }
    return findings
  }

  /// Whether the password is locked, and limits other than those that every account starts with.
  private static func limits(of name: String, in book: AccountBook) -> [FoundField] {
    guard book.tables[.shadow]?.rows(of: name).isEmpty == false else { return [] }
    var fields: [FoundField] = []
    if book.isLocked(name) { fields.append(FoundField("password", .text("locked"))) }
    let usual: [(AccountAge, [String])] = [
      (.min, ["", "0"]), (.max, ["", "99999"]), (.warn, ["", "7"]), (.inactive, [""]),
    ]
    let ages = usual.compactMap { age, usual -> FoundField? in
      guard let value = book.age(age, of: name), !usual.contains(value) else { return nil }
      return FoundField(age.rawValue, .number(value))
    }
    if !ages.isEmpty { fields.append(FoundField("ageing", .mapping(ages))) }
    if let end = book.age(.expires, of: name), !end.isEmpty {
      fields.append(FoundField("expires", .text(AccountEnd.shown(end))))
    }
    return fields
  }
}
