internal import HardenModel

/// A run of one of the system's account tools.
struct AccountTool: Equatable {
  /// Its name.
  let name: String
  /// What it is told.
  let arguments: [String]

  /// Where it may stand.
  var programs: [String] { ["/usr/sbin/\(name)", "/usr/bin/\(name)"] }

  /// The tools that `order` takes on a host whose files are `book`; none for what only `/etc/shadow`
  /// says.
  static func needed(for order: EditAccount, _ book: AccountBook) -> [AccountTool] {
    let name = order.account.name
    switch (order.account.kind, order.before, order.after) {
    case (.user, nil, let wanted?): return [AccountTool("useradd", adding(wanted) + [name])]
    case (.user, _, nil): return [AccountTool("userdel", [name])]
    case (.user, _, let wanted?):
      let changes = changing(wanted)
      return changes.isEmpty ? [] : [AccountTool("usermod", changes + [name])]
    case (.group, _, nil): return [AccountTool("groupdel", [name])]
    case (.group, let old, let wanted?):
      let members = wanted.members.map {
        [AccountTool("gpasswd", ["-M", $0.joined(separator: ","), name])]
      }
      return (old == nil ? [AccountTool("groupadd", grouping(wanted) + [name])] : [])
        + (members ?? [])
    }
  }

  private init(_ name: String, _ arguments: [String]) {
    self.name = name
    self.arguments = arguments
  }

  /// A home directory is made by steps of its own, which can be undone file by file.
  private static func adding(_ wanted: AccountClaims) -> [String] {
    var words = ["-M", "-l"]
    if wanted.isSystem == true { words.append("-r") }
    if let id = wanted.id { words += ["-u", "\(id)"] }
    if let home = wanted.home { words += ["-d", home] }
    if let shell = wanted.shell { words += ["-s", shell] }
    words += wanted.group.map { ["-N", "-g", $0] } ?? ["-U"]
    if let groups = wanted.groups, !groups.isEmpty {
      words += ["-G", groups.joined(separator: ",")]
    }
    return words
  }

  private static func changing(_ wanted: AccountClaims) -> [String] {
    var words: [String] = []
    if let group = wanted.group { words += ["-g", group] }
    if let home = wanted.home { words += ["-d", home] }
    if let shell = wanted.shell { words += ["-s", shell] }
    if let groups = wanted.groups, !groups.isEmpty {
      words += ["-a", "-G", groups.joined(separator: ",")]
    }
    return words
  }

  private static func grouping(_ wanted: AccountClaims) -> [String] {
    (wanted.isSystem == true ? ["-r"] : []) + (wanted.id.map { ["-g", "\($0)"] } ?? [])
  }
}
