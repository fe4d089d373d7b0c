/// One of the files that accounts are kept in, in the order in which rows are taken away.
///
/// Rows are added in the opposite order, so that no moment has a login without a locked password.
package enum AccountFile: String, Hashable, Sendable, Codable, CaseIterable {
  case passwd, shadow, group, gshadow, subuid, subgid

  /// Where it stands.
  package var path: String { "/etc/\(rawValue)" }

  /// The copy that account tools make of it before they change it.
  package var backup: String { "\(path)-" }

  /// Which field holds a password.
  package var secret: Int? {
    switch self {
    case .passwd, .shadow, .group, .gshadow: 1
    case .subuid, .subgid: nil
    }
  }

  /// Which fields are lists of users.
  package var lists: [Int] {
    switch self {
    case .group: [3]
    case .gshadow: [2, 3]
    case .passwd, .shadow, .subuid, .subgid: []
    }
  }

  /// The names of its fields, as messages use them.
  package var fields: [String] {
    switch self {
    case .passwd: ["name", "password", "uid", "gid", "comment", "home", "shell"]
    case .shadow:
      ["name", "password", "change", "min", "max", "warn", "inactive", "expires", "flag"]
    case .group: ["name", "password", "gid", "members"]
    case .gshadow: ["name", "password", "administrators", "members"]
    case .subuid, .subgid: ["name", "first", "count"]
    }
  }
}

/// An account: a user or a group.
package struct Account: Hashable, Sendable, Codable, CustomStringConvertible {
  /// What it is.
  package enum Kind: String, Hashable, Sendable, Codable { case user, group }

  /// What it is.
  package var kind: Kind
  /// Its name.
  package var name: String

  /// The account `name`.
  package init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  package var description: String { "\(kind.rawValue) \(name)" }

  /// The file that says whether it is there.
  package var place: String { (kind == .user ? AccountFile.passwd : .group).path }

  /// The files that may have rows of its own.
  package var files: [AccountFile] {
    switch kind {
    case .user: AccountFile.allCases
    case .group: [.group, .gshadow]
    }
  }
}

/// What `/etc/shadow` says of how long an account and its password are good.
package enum AccountAge: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
  case min, max, warn, inactive, expires

  /// Its place in the row.
  package var field: Int {
    switch self {
    case .min: 3
    case .max: 4
    case .warn: 5
    case .inactive: 6
    case .expires: 7
    }
  }
}
