internal import CHarden
internal import Glibc
internal import HardenModel
internal import SystemPackage

/// Who besides root and the caller could have written what a file says.
package enum FileTrust {
  /// Why the file at the absolute `path` may say what others want; nil when only root and `trusted`
  /// users can write it, put another in its place, or turn a link on the way elsewhere.
  ///
  /// In a directory with the sticky bit, such as `/tmp`, others can replace what is theirs only.
  package static func doubt(of path: String, trusted: Set<UInt32>) -> String? {
    // What has been walked, without links; where a link leads comes before the rest of the path.
    var plain: [Substring] = []
    var rest = Array(path.split(at: "/").reversed())
    var links = 0
    var here = "/"
    do throws(SystemError) {
      let root = try RootDirectory("/")
      while true {
        let entry = try root.open(here, flags: charden_O_PATH)
        let inode = try Inode.read("", in: entry.number)
        if let doubt = try doubt(of: inode, open: entry.number, here, trusted) { return doubt }
        if inode.form == .link {
          links += 1
          guard links <= 40 else { throw SystemError("readlink", path, .tooManySymbolicLinkLevels) }
          let target = try root.readLink(entry.number, here)
          _ = plain.popLast()
          if target.first == "/" { plain = [] }
          rest += target.split(at: "/").reversed()
        }
        while let next = rest.last, next == "." || next == ".." {
          if rest.removeLast() == ".." { _ = plain.popLast() }
        }
        guard let next = rest.popLast() else { return nil }
        plain.append(next)
        here = "/" + plain.joined(separator: "/")
      }
    } catch {
      // Whoever took it away after it was read could have written it.
      return "it cannot be looked at: \(error)"
    }
  }

  /// Why the entry at `path`, open as `number`, is in the hands of others.
  private static func doubt(
    of inode: Inode, open number: CInt, _ path: String, _ trusted: Set<UInt32>
  ) throws(SystemError) -> String? {
    if inode.owner != 0, !trusted.contains(inode.owner) {
      return "\(path) belongs to user \(inode.owner)"
    }
    // Everybody has every right to a link, which gives none.
    guard inode.form != .link else { return nil }
    let bits = inode.mode.bits
    let isSticky = inode.form == .directory && bits & 0o1000 != 0
    guard !isSticky else { return nil }
    if bits & 0o002 != 0 { return "everybody can write \(path)" }
    guard bits & 0o020 != 0 else { return nil }
    // With a list, these bits are the most that any of its entries gives, whatever the group.
    if try ExtendedAttributes.read("system.posix_acl_access", of: number, path) != nil {
      return "its access control list lets others write \(path)"
    }
    if inode.group != 0, !isPrivate(inode.group, trusted) {
      return "group \(inode.group) can write \(path)"
    }
    return nil
  }

  /// The users whose files are believed: root, whoever runs this, and whoever logged in.
  package static var callers: Set<UInt32> {
    var users: Set = [0, CurrentProcess.user]
    if let login = CurrentProcess.identifier("loginuid") { users.insert(login) }
    return users
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
