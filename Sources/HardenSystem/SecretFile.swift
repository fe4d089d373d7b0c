internal import Glibc
internal import HardenModel

/// Files that hold what nobody but root may know, on the machine that harden runs on.
package enum SecretFile {
  /// The bytes of the file at the absolute `path`, at most ``Host/contentLimit``.
  ///
  /// It throws where others could have read or written them. The corresponding system calls are
  /// `openat` and `fstat`.
  package static func read(_ path: String) throws(SystemError) -> [UInt8] {
    let bytes = try UserFile.read(path, limit: Host.contentLimit)
    if let doubt = FileTrust.doubt(of: path, trusted: FileTrust.callers) {
      throw SystemError(refusing: path, "it is no place for a secret: \(doubt)")
    }
    guard try Inode.read(path, in: AT_FDCWD).mode.bits & 0o007 == 0 else {
      throw SystemError(refusing: path, "everybody can read it, so it is no secret")
    }
    return bytes
  }
}
