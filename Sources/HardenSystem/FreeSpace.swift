internal import CHarden
internal import Glibc
internal import HardenModel
internal import SystemPackage

/// What a file system has left, the reserve for root included.
package struct FreeSpace: Hashable, Sendable {
  /// Bytes, in whole blocks; nil where the file system has no fixed number of them.
  package var bytes: UInt64?
  /// Bytes without the reserve for root, in whole blocks.
  package var unreserved: UInt64?
  /// Inodes; nil where the file system has no fixed number of them.
  package var inodes: UInt64?
  /// All bytes, those in use included; nil where the file system has no fixed number of them.
  package var size: UInt64?

  /// `bytes` and `inodes` that are left of `size`.
  package init(bytes: UInt64?, unreserved: UInt64? = nil, inodes: UInt64?, size: UInt64?) {
    self.bytes = bytes
    self.unreserved = unreserved ?? bytes
    self.inodes = inodes
    self.size = size
  }
}

extension Host {
  /// What is left where the directory at `path` is.
  ///
  /// The corresponding system call is `fstatfs`.
  package func freeSpace(at path: String) throws(SystemError) -> FreeSpace {
    let folder = try root.open(path, flags: charden_O_PATH | O_DIRECTORY, last: .follow)
    var found = statvfs()
    guard unsafe fstatvfs(folder.number, &found) == 0 else {
      throw SystemError("fstatfs", path, Errno(rawValue: errno))
    }
    return FreeSpace(
      bytes: found.f_blocks == 0 ? nil : UInt64(found.f_bfree) * UInt64(found.f_frsize),
      unreserved: found.f_blocks == 0 ? nil : UInt64(found.f_bavail) * UInt64(found.f_frsize),
      inodes: found.f_files == 0 ? nil : UInt64(found.f_ffree),
      size: found.f_blocks == 0 ? nil : UInt64(found.f_blocks) * UInt64(found.f_frsize))
  }
}
