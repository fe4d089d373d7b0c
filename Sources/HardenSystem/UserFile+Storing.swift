internal import CHarden
internal import Glibc
internal import SystemPackage

extension UserFile {
  /// Puts `bytes` into the file at `path`, relative to the working directory, whole or not at all;
  /// only its owner may read it, unless `isShared` lets everybody.
  ///
  /// What stands there is replaced when it is a regular file, and nothing else ever is; with `isNew`
  /// nothing at all.
  package static func store(
    _ bytes: [UInt8], at path: String, isShared: Bool = false, isNew: Bool = false,
    calls: Calls = .kernel
  ) throws(SystemError) {
    if isNew { try checkAbsent(path) }
    if let inode = try Inode.readIfPresent(path, in: AT_FDCWD), inode.form != .file {
      throw SystemError(refusing: path, "something that is no regular file stands there")
    }
    let temporary = "\(path).new"
    let flags = O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC
    let number = CInt(
      try calls.make("openat", temporary) {
        unsafe Int(charden_openat(AT_FDCWD, temporary, flags, 0o600))
      })
    do throws(SystemError) {
      let file = DurableFile(OwnedDescriptor(number), path: temporary, calls: calls)
      try file.append(bytes)
      if isShared { try calls.make("fchmod", path) { folded(fchmod(number, 0o644)) } }
      try file.sync()
      try calls.make("renameat2", path) {
        unsafe Int(
          charden_rename(AT_FDCWD, temporary, AT_FDCWD, path, isNew ? charden_RENAME_NOREPLACE : 0))
      }
    } catch {
      _ = unsafe unlinkat(AT_FDCWD, temporary, 0)
      throw error
    }
  }

  /// Refuses `path` where anything stands there, be it a link that leads nowhere.
  package static func checkAbsent(_ path: String) throws(SystemError) {
    guard try Inode.readIfPresent(path, in: AT_FDCWD) == nil else {
      throw SystemError(refusing: path, "something stands there already")
    }
  }
}
