internal import HardenModel

/// Whom the lists of users in sudoers(5) mean, with the aliases that stand for several.
struct SudoUsers {
  private var aliases: [String: String] = [:]

  /// Reads every User_Alias of `lines`, whose continuations are joined and comments gone.
  init(_ lines: [some StringProtocol]) {
    for line in lines {
      let words = line.words()
      guard words.first == "User_Alias" else { continue }
      for definition in words.dropFirst().joined(separator: " ").split(at: ":") {
        let sides = definition.split(at: "=", maxSplits: 1)
        guard sides.count == 2 else { continue }
        aliases[sides[0].filter { $0 != " " }] = String(sides[1])
      }
    }
  }

  /// The users of a line and its words behind them; blanks may stand around commas.
  static func split(_ line: some StringProtocol) -> (users: String, rest: [String])? {
    var words = line.words().map { String($0) }[...]
    guard var users = words.popFirst() else { return nil }
    while let next = words.first, users.hasSuffix(",") || next.hasPrefix(",") {
      users += next
      words = words.dropFirst()
    }
    return (users, Array(words))
  }

  /// Whether `list` means `user`, who is in `groups`: of those that do, the last decides.
  func mean(_ list: String, _ user: String, _ groups: Set<String>, depth: Int = 0) -> Bool {
    // An alias that names itself means nobody.
    guard depth < 8 else { return false }
    var isMeant = false
    for item in list.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
      let name = item.drop { $0 == "!" }
      let isOne =
        name == user[...] || name == "ALL"
        || name.first == "%" && groups.contains(String(name.dropFirst()))
        || aliases[String(name)].map { mean($0, user, groups, depth: depth + 1) } ?? false
      if isOne { isMeant = (item.count - name.count).isMultiple(of: 2) }
    }
    return isMeant
  }
}
