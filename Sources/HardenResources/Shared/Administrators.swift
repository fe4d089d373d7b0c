internal import HardenModel
internal import HardenSystem

/// Who can log in and become root.
struct Administrators {
  /// One of them.
  struct Person: Hashable {
    var name: String
    /// Whether a password opens the account, as the console asks for.
    var hasPassword: Bool
  }

  /// All of them, by name.
  let people: [Person]

  var names: Set<String> { Set(people.map(\.name)) }

  /// Those of `host` if its account files were `book`; `today` is the day since 1970.
  init(_ book: AccountBook, on host: borrowing Host, today: Int) throws(SystemError) {
    let sudo = try Sudoers.of(host)
    var people: [Person] = []
    for user in book.users {
      let hasPassword = !book.isLocked(user.name)
      guard Self.hasShell(user), !Self.isExpired(user.name, book, today),
        hasPassword || Self.hasKeys(user, on: host)
      else { continue }
      let groups = Set(
        book.groups.filter { $0.id == user.group || $0.members.contains(user.name) }.map(\.name))
      // sudo asks for the password of the caller, unless it is told not to.
      guard user.id == 0 || sudo.allows(user.name, groups, withPassword: hasPassword) else {
        continue
      }
      people.append(Person(name: user.name, hasPassword: hasPassword))
    }
    self.people = people
  }

  private static func hasShell(_ user: AccountBook.User) -> Bool {
    !["nologin", "false", "sync", "halt", "shutdown"].contains {
      user.shell == $0 || user.shell.hasSuffix("/\($0)")
    }
  }

  private static func isExpired(_ name: String, _ book: AccountBook, _ today: Int) -> Bool {
    guard let day = book.age(.expires, of: name).flatMap({ Int($0) }) else { return false }
    return day <= today
  }

  private static func hasKeys(_ user: AccountBook.User, on host: borrowing Host) -> Bool {
    for name in ["authorized_keys", "authorized_keys2"] {
      let path = "\(user.home == "/" ? "" : user.home)/.ssh/\(name)"
      // A home that cannot be read, or that somebody else could swap, opens nothing for certain.
      if let found = try? host.inode(path), found.form == .file, found.size > 0 { return true }
    }
    return false
  }
}

/// What the sudoers files grant, as far as all commands are concerned.
struct Sudoers {
  private var grants: [Grant] = []

  private struct Grant {
    var who: String
    var asksPassword: Bool
  }

  /// The grants of `host`, read once.
  static func of(_ host: borrowing Host) throws(SystemError) -> Sudoers {
    try host.once("sudoers") { host throws(SystemError) in
      var text = try host.text("/etc/sudoers") ?? ""
      for name in try host.entries("/etc/sudoers.d")
      where !name.contains(".") && !name.hasSuffix("~") {
        text += "\n" + (try host.text("/etc/sudoers.d/\(name)") ?? "")
      }
      return Sudoers(text)
    }
  }

  /// Reads the text of sudoers files: users and groups that may run all commands.
  init(_ text: String) {
    for line in text.replacing("\\\n", with: " ").split(separator: "\n") {
      let line = line.prefix { $0 != "#" }
      let words = line.split { $0 == " " || $0 == "\t" }
      guard words.count >= 2, line.contains("="), words.last == "ALL" || line.hasSuffix(":ALL"),
        !words[0].hasPrefix("Defaults"), !words[0].hasSuffix("_Alias")
      else { continue }
      grants.append(Grant(who: String(words[0]), asksPassword: !line.contains("NOPASSWD:")))
    }
  }

  /// Whether a user in `groups` may become root.
  func allows(_ user: String, _ groups: Set<String>, withPassword: Bool) -> Bool {
    grants.contains { grant in
      let isMeant =
        grant.who == user || grant.who == "ALL"
        || grant.who.hasPrefix("%") && groups.contains(String(grant.who.dropFirst()))
      return isMeant && (withPassword || !grant.asksPassword)
    }
  }
}
