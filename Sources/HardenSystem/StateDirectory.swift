internal import CHarden
internal import Glibc
internal import HardenModel
internal import SystemPackage

/// `/var/lib/harden`: the lock, the runs and the before-images; nobody but its owner may enter it.
///
/// Everything in it is reached through one descriptor, so a path that is swapped later is harmless.
package struct StateDirectory: ~Copyable {
  private let descriptor: OwnedDescriptor
  /// Its path, for messages.
  package let path: String
  let calls: Calls

  /// The file that marks a directory as ours.
  static let marker = "harden-state"
  /// What an interrupted creation may leave in it.
  private static let unfinished = ["runs", "blobs", "\(marker).new"]

  /// Opens the directory at `path`; nil when there is none.
  ///
  /// A directory of somebody else, one that others may enter, and one that holds something other
  /// than harden's state are refused.
  package static func open(_ path: String, calls: Calls = .kernel) throws(SystemError)
    -> StateDirectory?
  {
    let number = unsafe charden_openat(
      AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
    if number < 0 {
      let errno = Errno(rawValue: -number)
      if errno == .noSuchFileOrDirectory { return nil }
      if errno == .notDirectory || errno == .tooManySymbolicLinkLevels {
        throw SystemError(refusing: path, "the state directory is not a plain directory")
      }
      throw SystemError("openat", path, errno)
    }
    let descriptor = OwnedDescriptor(number)
    let inode = try Inode.read("", in: number)
    guard inode.owner == geteuid() else {
      throw SystemError(
        refusing: path, "the state directory belongs to user \(inode.owner), not to the caller")
    }
    guard inode.mode.bits & 0o077 == 0 else {
      throw SystemError(
        refusing: path, "others may enter the state directory (mode \(inode.mode)); it must be 0700"
      )
    }
    guard try Inode.readIfPresent(marker, in: number) != nil else {
      let names = try DirectoryListing.names(of: try descriptor.reopened())
      guard names.allSatisfy(unfinished.contains) else {
        throw SystemError(
          refusing: path, "the directory holds something that is not harden's state")
      }
      return nil
    }
    return StateDirectory(descriptor, path: path, calls: calls)
  }

  /// Opens the directory at `path`, making it and its parents as far as they are missing.
  package static func create(_ path: String, calls: Calls = .kernel) throws(SystemError)
    -> StateDirectory
  {
    if let found = try open(path, calls: calls) { return found }
    var made = ""
    for part in path.split(at: "/") {
      made += "/\(part)"
      let isLast = made == path
      let here = made
      do throws(SystemError) {
        try calls.make("mkdirat", here) { unsafe folded(mkdir(here, isLast ? 0o700 : 0o755)) }
      } catch {
        guard error.errno == .fileExists else { throw error }
      }
    }
    let number = unsafe charden_openat(
      AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
    guard number >= 0 else { throw SystemError("openat", path, Errno(rawValue: -number)) }
    let directory = StateDirectory(OwnedDescriptor(number), path: path, calls: calls)
    try directory.makeDirectory("runs")
    try directory.makeDirectory("blobs")
    try directory.store(Array("1\n".utf8), as: marker)
    guard let opened = try open(path, calls: calls) else {
      throw SystemError(refusing: path, "the state directory could not be made")
    }
    return opened
  }

  private init(_ descriptor: consuming OwnedDescriptor, path: String, calls: Calls) {
    self.descriptor = descriptor
    self.path = path
    self.calls = calls
  }
}

// MARK: - What is in it

extension StateDirectory {
  /// The bytes of `name`; nil when there is no such file.
  package func contents(_ name: String, limit: Int = Host.contentLimit) throws(SystemError)
    -> [UInt8]?
  {
    do throws(SystemError) {
      let file = try OwnedDescriptor.open(
        name, in: descriptor.number, flags: O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
      return try file.contents(limit: limit, of: "\(path)/\(name)")
    } catch {
      if error.errno == .noSuchFileOrDirectory { return nil }
      throw error
    }
  }

  /// The names in the directory `name`.
  package func names(_ name: String) throws(SystemError) -> [String] {
    try DirectoryListing.names(
      of: OwnedDescriptor.open(name, in: descriptor.number, flags: O_RDONLY | O_DIRECTORY))
  }

  /// The names in the directory `name`; none when it is missing.
  package func namesIfPresent(_ name: String) throws(SystemError) -> [String] {
    do throws(SystemError) { return try names(name) } catch {
      if error.errno == .noSuchFileOrDirectory { return [] }
      throw error
    }
  }

  /// Makes the directory `name` if it is missing, durably.
  package func makeDirectory(_ name: String) throws(SystemError) {
    do throws(SystemError) {
      try calls.make("mkdirat", "\(path)/\(name)") {
        unsafe folded(mkdirat(descriptor.number, name, 0o700))
      }
    } catch {
      guard error.errno == .fileExists else { throw error }
      return
    }
    try syncDirectory(holding: name)
  }

  /// Puts `bytes` into `name`, whole or not at all, durably.
  package func store(_ bytes: [UInt8], as name: String) throws(SystemError) {
    try store(bytes, as: name) { _ throws(SystemError) in }
  }

  /// The same, with what `finish` does to the open file before it gets its name.
  func store(
    _ bytes: [UInt8], as name: String, finish: (CInt) throws(SystemError) -> Void
  ) throws(SystemError) {
    let temporary = "\(name).new"
    do throws(SystemError) {
      let file = try create(temporary, exclusive: false)
      try file.append(bytes)
      try finish(file.number)
      try file.sync()
      try calls.make("renameat2", "\(path)/\(name)") {
        unsafe Int(charden_rename(descriptor.number, temporary, descriptor.number, name, 0))
      }
    } catch {
      _ = unsafe unlinkat(descriptor.number, temporary, 0)
      throw error
    }
    try syncDirectory(holding: name)
  }

  /// Makes the file `name`, which must not exist, to be appended to.
  package func create(_ name: String, exclusive: Bool = true) throws(SystemError) -> DurableFile {
    let full = "\(path)/\(name)"
    let flags =
      O_CREAT | O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC | (exclusive ? O_EXCL : O_TRUNC)
    let number = try calls.make("openat", full) {
      unsafe Int(charden_openat(descriptor.number, name, flags, 0o600))
    }
    return DurableFile(OwnedDescriptor(CInt(number)), path: full, calls: calls)
  }

  /// Opens the file `name` to be appended to, after cutting it to `length` bytes.
  package func reopen(_ name: String, at length: Int) throws(SystemError) -> DurableFile {
    let full = "\(path)/\(name)"
    let file = try OwnedDescriptor.open(
      name, in: descriptor.number, flags: O_WRONLY | O_APPEND | O_NOFOLLOW)
    try calls.make("ftruncate", full) { folded(ftruncate(file.number, off_t(length))) }
    return DurableFile(file, path: full, calls: calls)
  }

  /// Gives the directory or file `old` the name `new`, durably.
  package func rename(_ old: String, to new: String) throws(SystemError) {
    try calls.make("renameat2", "\(path)/\(new)") {
      unsafe Int(
        charden_rename(descriptor.number, old, descriptor.number, new, charden_RENAME_NOREPLACE))
    }
    try syncDirectory(holding: new)
  }

  /// Removes the file, or the empty directory, `name`.
  package func remove(_ name: String, isDirectory: Bool = false) throws(SystemError) {
    try calls.make("unlinkat", "\(path)/\(name)") {
      unsafe folded(unlinkat(descriptor.number, name, isDirectory ? AT_REMOVEDIR : 0))
    }
  }

  /// Waits until the names in the directory that holds `name` are on the disk.
  package func syncDirectory(holding name: String) throws(SystemError) {
    let parent = name.split(at: "/").dropLast().joined(separator: "/")
    let directory = try OwnedDescriptor.open(
      parent.isEmpty ? "." : parent, in: descriptor.number, flags: O_RDONLY | O_DIRECTORY)
    try calls.make("fsync", "\(path)/\(parent)") { folded(fsync(directory.number)) }
  }

  /// Takes the lock that every run holds; nil when another process has it.
  ///
  /// The kernel gives it back when the process ends, however it ends; the file is never removed.
  package func lock() throws(SystemError) -> RunLock? {
    let number = try calls.make("openat", "\(path)/lock") {
      unsafe Int(
        charden_openat(descriptor.number, "lock", O_CREAT | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0o600))
    }
    let file = OwnedDescriptor(CInt(number))
    let result = charden_ofd_lock(file.number)
    if result == -EAGAIN || result == -EACCES { return nil }
    guard result == 0 else { throw SystemError("fcntl", "\(path)/lock", Errno(rawValue: -result)) }
    return RunLock(file)
  }
}

/// The right to change this host, held by one process at a time.
package struct RunLock: ~Copyable {
  private let file: OwnedDescriptor
  fileprivate init(_ file: consuming OwnedDescriptor) { self.file = file }
}

extension OwnedDescriptor {
  /// A descriptor of its own for the directory, with an offset of its own.
  func reopened() throws(SystemError) -> OwnedDescriptor {
    try OwnedDescriptor.open(".", in: number, flags: O_RDONLY | O_DIRECTORY)
  }
}

extension Inode {
  /// As ``read(_:in:)``, nil when nothing is there.
  static func readIfPresent(_ path: String, in directory: CInt) throws(SystemError) -> Inode? {
    do throws(SystemError) { return try read(path, in: directory) } catch {
      if error.errno == .noSuchFileOrDirectory { return nil }
      throw error
    }
  }
}
