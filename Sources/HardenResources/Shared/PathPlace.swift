internal import HardenModel
internal import HardenSystem

/// What several kinds ask about a path.
enum PathPlace {
  /// Why nothing of `kind` can stand at the path of `inode`; nil when one does.
  static func obstacle(
    _ inode: Inode, at path: String, wanting form: Inode.Form, on host: borrowing Host
  )
    throws(SystemError) -> String?
  {
    guard inode.form != form else { return nil }
    switch inode.form {
    case .link:
      return
        "it is a link to \(try host.linkTarget(path) ?? "nowhere"); name its target or take the link away"
    case .file: return "it is a file; name its directory, or use the kind file"
    case .directory: return "it is a directory; use the kind directory"
    case .special(let name): return "it is \(name), which harden leaves alone"
    }
  }

  /// Why what stands at `path` cannot be changed; nil when it can.
  static func lock(_ inode: Inode, at path: String, on host: borrowing Host) throws(SystemError)
    -> String?
  {
    if inode.form == .file, inode.links > 1 {
      return
        "the file has \(inode.links) names (hard links), and a change would reach them all; take the others away"
    }
    guard let flags = try host.flags(path), flags & Inode.lockedFlags != 0 else { return nil }
    return "it is immutable or append-only; take the flag off with chattr first"
  }

  /// A note where the directory that `path` is to be made in does not exist.
  static func parentNote(_ path: String, on host: borrowing Host) throws(SystemError) -> [String] {
    let parent = path.split(at: "/").dropLast().joined(separator: "/")
    return try host.inodeFollowing("/\(parent)") == nil
      ? ["its directory /\(parent) has to be made first"] : []
  }

  /// An observation of what the caller may not read, or of a link that is not to be trusted.
  static func observation(_ error: SystemError) throws(SystemError) -> Observation {
    if case .refused(let why) = error.reason {
      return Observation(.refused("\(error.subject): \(why)"))
    }
    guard error.isPermission else { throw error }
    return Observation(.unmeasured("\(error)"))
  }
}
