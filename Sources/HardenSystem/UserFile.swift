internal import CHarden
internal import Glibc
internal import HardenModel
internal import SystemPackage

/// Files that a person named: playbooks, variables, waivers, content.
///
/// Only regular files are read and nothing is ever waited for, so a pipe, a device, a directory or
/// a huge file is an error at once.
package enum UserFile {
  private static let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC

  /// Reads the file at `path`, relative to the working directory, links followed; at most `limit`
  /// bytes.
  ///
  /// The corresponding system call is `openat`.
  package static func read(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let number = folded(unsafe charden_openat(AT_FDCWD, path, flags, 0))
    guard number >= 0 else { throw failure("openat", path, Errno(rawValue: CInt(-number))) }
    return try contents(of: OwnedDescriptor(CInt(number)), path, limit: limit)
  }

  /// Reads `path` below `directory`; links are followed as long as they stay below it.
  ///
  /// The corresponding system call is `openat2`.
  package static func read(_ path: String, below directory: String, limit: Int)
    throws(SystemError) -> [UInt8]
  {
    let subject = directory.isEmpty || directory == "." ? path : "\(directory)/\(path)"
    let number = folded(
      unsafe charden_openat(
        AT_FDCWD, directory.isEmpty ? "." : directory, charden_O_PATH | O_DIRECTORY | O_CLOEXEC, 0))
    guard number >= 0 else { throw failure("openat", subject, Errno(rawValue: CInt(-number))) }
    let parent = OwnedDescriptor(CInt(number))
    do throws(SystemError) {
      let file = try OwnedDescriptor.open(path, in: parent.number, flags: flags, resolve: .inside)
      return try contents(of: file, subject, limit: limit)
    } catch {
      throw failure(error, subject)
    }
  }

  private static func contents(of file: consuming OwnedDescriptor, _ path: String, limit: Int)
    throws(SystemError) -> [UInt8]
  {
    let inode = try Inode.read("", in: file.number)
    let what: String? =
      switch inode.form {
      case .file: nil
      case .directory: "a directory"
      case .link: "a link"
      case .special(let name): name
      }
    if let what { throw SystemError(refusing: path, "it is \(what), not a regular file") }
    guard inode.size <= UInt64(limit) else {
      throw SystemError("fstat", path, .fileTooLarge)
    }
    return try file.contents(limit: limit, of: path)
  }

  private static func failure(_ error: SystemError, _ path: String) -> SystemError {
    guard let errno = error.errno else { return error }
    return failure(error.call, path, errno)
  }

  /// The two error numbers whose usual words say nothing to the person who named the file.
  private static func failure(_ call: String, _ path: String, _ errno: Errno) -> SystemError {
    switch errno {
    case .noSuchAddressOrDevice:
      SystemError(refusing: path, "it is a socket or a device, not a regular file")
    case Errno(rawValue: EXDEV):
      SystemError(refusing: path, "it leads out of the playbook's folder")
    default: SystemError(call, path, errno)
    }
  }
}
