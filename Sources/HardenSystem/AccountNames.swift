package import HardenModel

/// Names and numbers of users and groups, read from the files of the root and from nowhere else.
package struct AccountNames: Hashable, Sendable {
  private var users: [String: UInt32] = [:]
  private var groups: [String: UInt32] = [:]
  private var userNames: [UInt32: String] = [:]
  private var groupNames: [UInt32: String] = [:]

  /// Reads the texts of `passwd` and `group`; the first row of a name or number counts.
  ///
  /// Where no row says so, as in an image without accounts, `root` is 0 all the same, as nss-systemd
  /// has it.
  package init(passwd: String, group: String) {
    for (name, id) in Self.rows(passwd) + [Self.root] {
      if users[name] == nil { users[name] = id }
      if userNames[id] == nil { userNames[id] = name }
    }
    for (name, id) in Self.rows(group) + [Self.root] {
      if groups[name] == nil { groups[name] = id }
      if groupNames[id] == nil { groupNames[id] = name }
    }
  }

  private static let root = ("root", UInt32(0))

  private static func rows(_ text: String) -> [(String, UInt32)] {
    text.split(at: "\n").compactMap { line in
      let fields = line.split(at: ":", maxSplits: 3, omittingEmptySubsequences: false)
      guard fields.count >= 3, !fields[0].isEmpty, let id = UInt32(fields[2]) else { return nil }
      return (String(fields[0]), id)
    }
  }

  /// The number of a user, nil when no row names it.
  package func user(_ principal: Principal) -> UInt32? {
    switch principal {
    case .id(let id): id
    case .name(let name): users[name]
    }
  }

  /// The number of a group, nil when no row names it.
  package func group(_ principal: Principal) -> UInt32? {
    switch principal {
    case .id(let id): id
    case .name(let name): groups[name]
    }
  }

  /// A user by name where it has one.
  package func user(_ id: UInt32) -> Principal { userNames[id].map(Principal.name) ?? .id(id) }

  /// A group by name where it has one.
  package func group(_ id: UInt32) -> Principal { groupNames[id].map(Principal.name) ?? .id(id) }
}
