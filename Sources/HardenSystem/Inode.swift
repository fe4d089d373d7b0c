internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

/// What `statx` says of one inode.
package struct Inode: Hashable, Sendable {
  /// What it is.
  package enum Form: Hashable, Sendable {
    /// A regular file.
    case file
    /// A directory.
    case directory
    /// A symbolic link.
    case link
    /// Anything else, by the word that messages use.
    case special(String)
  }

  /// What it is.
  package var form: Form
  /// Owning user.
  package var owner: UInt32
  /// Owning group.
  package var group: UInt32
  /// Permission bits.
  package var mode: Mode
  /// How many names it has.
  package var links: UInt32
  /// Bytes.
  package var size: UInt64
  /// Last change of the content.
  package var modified: Timestamp
  /// Last change of anything about it, which nobody can set back; zero on a planned host.
  package var changed = Timestamp(seconds: 0)
  /// Device and inode number, for telling two names of one inode; zero on a planned host.
  package var identity: Identity
  /// The mount that it was reached through; zero on a planned host.
  package var mount: UInt64 = 0

  /// Device and inode number.
  package struct Identity: Hashable, Sendable {
    var major: UInt32 = 0
    var minor: UInt32 = 0
    var inode: UInt64 = 0
  }

  /// The inode flags that an administrator can set and that a copy has to carry.
  package static let settableFlags: UInt32 = 0x2083_80FF
  /// Immutable and append-only: the kernel refuses any change.
  package static let lockedFlags: UInt32 = 0x30

  /// Looks at `path` below `directory`, or at `directory` itself when `path` is empty; a link is
  /// never followed.
  static func read(_ path: String, in directory: CInt) throws(SystemError) -> Inode {
    var raw = charden_stat()
    let result = unsafe charden_stat(directory, path, 0, &raw)
    guard result == 0 else { throw SystemError("statx", path, Errno(rawValue: -result)) }
    let form: Form =
      switch raw.mode & UInt32(S_IFMT) {
      case UInt32(S_IFREG): .file
      case UInt32(S_IFDIR): .directory
      case UInt32(S_IFLNK): .link
      case UInt32(S_IFIFO): .special("a pipe")
      case UInt32(S_IFSOCK): .special("a socket")
      case UInt32(S_IFBLK): .special("a block device")
      default: .special("a character device")
      }
    return Inode(
      form: form, owner: raw.uid, group: raw.gid, mode: Mode(UInt16(raw.mode & 0o7777)),
      links: raw.links, size: raw.size,
      modified: Timestamp(
        seconds: raw.modified_seconds, nanoseconds: Int32(raw.modified_nanoseconds)),
      changed: Timestamp(
        seconds: raw.changed_seconds, nanoseconds: Int32(raw.changed_nanoseconds)),
      identity: Identity(major: raw.major, minor: raw.minor, inode: raw.inode),
      mount: raw.mount_id)
  }
}
