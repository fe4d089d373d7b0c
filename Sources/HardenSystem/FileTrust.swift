internal import CHarden
internal import Glibc
internal import HardenModel

/// Who besides root and the caller could have written what a file says.
package enum FileTrust {
  /// Why the file at the absolute `path` may say what others want; nil when only root and `trusted`
  /// users can write it, put another in its place, or turn a link on the way elsewhere.
  ///
  /// In a directory with the sticky bit, such as `/tmp`, others can replace what is theirs only.
  package static func doubt(of path: String, trusted: Set<UInt32>) -> String? {
    var paths = prefixes(path)
    if let whole = unsafe realpath(path, nil) {
      defer { unsafe free(whole) }
      paths += prefixes(unsafe String(cString: whole)).filter { !paths.contains($0) }
    }
    for path in paths {
      guard let inode = try? Inode.read(path, in: AT_FDCWD), inode.form != .link else {
        continue
      }
      if inode.owner != 0, !trusted.contains(inode.owner) {
        return "\(path) belongs to user \(inode.owner)"
      }
      let bits = inode.mode.bits
      let isSticky = inode.form == .directory && bits & 0o1000 != 0
      guard !isSticky else { continue }
      if bits & 0o002 != 0 { return "everybody can write \(path)" }
      if bits & 0o020 != 0, inode.group != 0, !isPrivate(inode.group, trusted) {
        return "group \(inode.group) can write \(path)"
      }
    }
    return nil
  }

  /// The users whose files are believed: root, whoever runs this, and whoever logged in.
  package static var callers: Set<UInt32> {
    var users: Set = [0, CurrentProcess.user]
    if let login = CurrentProcess.identifier("loginuid") { users.insert(login) }
    return users
  }

  /// `/`, then every directory on the way, then the path itself.
  private static func prefixes(_ path: String) -> [String] {
    var whole = ""
    return ["/"]
      + path.split(separator: "/").map { part in
        whole += "/\(part)"
        return whole
      }
  }

  /// Whether `group` is that of one trusted user alone, as many systems give each user one.
  private static func isPrivate(_ group: UInt32, _ trusted: Set<UInt32>) -> Bool {
    guard trusted.contains(group), let host = try? Host(), let book = try? host.accountBook(),
      let entry = book.groups.first(where: { $0.id == group })
    else { return false }
    let users = book.users.filter { $0.group == group || entry.members.contains($0.name) }
    return users.allSatisfy { trusted.contains($0.id) }
  }
}
