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

  /// Whether `name` is one of them and can come in by the console, which asks for a password.
  func opensConsole(_ name: String) -> Bool {
    people.contains { $0.name == name && $0.hasPassword }
  }

  /// Those of `host` if its account files were `book`; `today` is the day since 1970.
  init(_ book: AccountBook, on host: borrowing Host, today: Int) throws(SystemError) {
    let sudo = try Sudoers.of(host)
    var people: [Person] = []
    for user in book.users {
      let hasPassword = !book.isLocked(user.name)
      guard Self.hasShell(user), !Self.isExpired(user.name, book, today),
        hasPassword || Self.hasKeys(user, on: host)
      else { continue }
      guard
        user.id == 0
          || sudo.allows(user.name, book.groups(of: user), hasPassword: { !book.isLocked($0) })
      else { continue }
      people.append(Person(name: user.name, hasPassword: hasPassword))
    }
    self.people = people
  }

  /// Whether its shell lets anybody in.
  static func hasShell(_ user: AccountBook.User) -> Bool {
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

extension AccountBook {
  /// Every group that `user` is in, by name.
  func groups(of user: User) -> Set<String> {
    Set(groups.filter { $0.id == user.group || $0.members.contains(user.name) }.map(\.name))
  }
}

/// What the sudoers files grant, as far as all commands are concerned.
struct Sudoers {
  private var grants: [Grant] = []
  /// Whether the password that is asked for is root's and not the caller's: `rootpw`, `targetpw` or
  /// `runaspw` among the defaults.
  private var asksForRoots = false
  private var users = SudoUsers([String]())

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
    let lines = text.replacing("\\\n", by: " ").split(at: "\n").map(Self.withoutComment)
    users = SudoUsers(lines)
    for line in lines {
      let words = line.words()
      if words.first == "Defaults" {
        for flag in words.dropFirst().joined(separator: ",").split(at: ",") {
          let name = flag.drop { $0 == "!" }
          guard ["rootpw", "targetpw", "runaspw"].contains(name) else { continue }
          asksForRoots = (flag.count - name.count).isMultiple(of: 2)
        }
      }
      guard words.count >= 2, line.contains("="), words.last == "ALL" || line.hasSuffix(":ALL"),
        !words[0].hasPrefix("Defaults"), !words[0].hasSuffix("_Alias"), Self.isForRoot(line),
        let (who, _) = SudoUsers.split(line)
      else { continue }
      grants.append(Grant(who: who, asksPassword: !line.contains("NOPASSWD:")))
    }
  }

  /// A number sign begins a comment unless a number follows, which is that of a user.
  private static func withoutComment(_ line: Substring) -> Substring {
    var rest = line.utf8[...]
    while let sign = rest.firstIndex(of: 0x23) {
      rest = rest[rest.index(after: sign)...]
      if !(rest.first.map { 0x30...0x39 ~= $0 } ?? false) { return line[..<sign] }
    }
    return line
  }

  /// Whether a grant lets somebody become root, and not only another user or group.
  private static func isForRoot(_ line: Substring) -> Bool {
    let given = line.drop { $0 != "=" }
    guard let open = given.firstIndex(of: "("), let close = given.lastIndex(of: ")"), open < close
    else { return true }
    // (users:groups)
    let users = given[given.index(after: open)..<close].split(
      at: ":", omittingEmptySubsequences: false
    )[0].split { $0 == "," || $0 == " " || $0 == "\t" }
    return users.contains("ALL") && !users.contains("!root") || users.contains("root")
      || users.contains("#0")
  }

  /// Whether a user in `groups` may become root; sudo asks for a password that somebody must have,
  /// unless it is told not to ask.
  func allows(_ user: String, _ groups: Set<String>, hasPassword: (String) -> Bool) -> Bool {
    let isKnown = hasPassword(asksForRoots ? "root" : user)
    return grants.contains { grant in
      users.mean(grant.who, user, groups) && (isKnown || !grant.asksPassword)
    }
  }
}
