internal import CHarden
internal import Glibc
internal import HardenModel
internal import SystemPackage

/// The directory that harden takes for `/`, and the only way from a path to a descriptor.
///
/// Walking never leaves it, and follows a symbolic link only where the link and its directory
/// belong to root (or to the caller) and nobody else can replace them.
package struct RootDirectory: ~Copyable, Sendable {
  private let descriptor: OwnedDescriptor
  /// The path it was opened by, for messages.
  package let path: String

  /// Opens the directory at `path`.
  package init(_ path: String) throws(SystemError) {
    let number = folded(
      unsafe charden_openat(AT_FDCWD, path, O_DIRECTORY | O_CLOEXEC | charden_O_PATH, 0))
    guard number >= 0 else { throw SystemError("openat", path, Errno(rawValue: CInt(-number))) }
    descriptor = OwnedDescriptor(CInt(number))
    self.path = path
  }

  private init(_ descriptor: consuming OwnedDescriptor, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  /// A second value for the same directory.
  func duplicate() throws(SystemError) -> RootDirectory {
    RootDirectory(try descriptor.duplicate(), path: path)
  }

  /// What to do when the last component is a link.
  package enum LastLink: Sendable {
    /// Take the link itself.
    case keep
    /// Go where it points, under the same rule as on the way.
    case follow
  }

  /// Opens `path`; with `.keep`, a link as last component is an error (`ELOOP`) unless the flags
  /// contain `O_PATH`.
  func open(_ path: String, flags: CInt, last: LastLink = .keep) throws(SystemError)
    -> OwnedDescriptor
  {
    let flags = last == .keep ? flags | O_NOFOLLOW : flags
    do throws(SystemError) {
      let found = try OwnedDescriptor.open(relative(path), in: descriptor.number, flags: flags)
      return found
    } catch {
      guard error.errno == .tooManySymbolicLinkLevels else { throw named(error, path) }
    }
    let plain = try canonical(path, last: last)
    do throws(SystemError) {
      return try OwnedDescriptor.open(relative(plain), in: descriptor.number, flags: flags)
    } catch { throw named(error, path) }
  }

  /// `statx` on `path` itself; nil when nothing is there.
  func inode(_ path: String) throws(SystemError) -> Inode? {
    do throws(SystemError) {
      let found = try open(path, flags: charden_O_PATH)
      return try Inode.read("", in: found.number)
    } catch {
      if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return nil }
      throw named(error, path)
    }
  }

  /// The path without links on the way, and without one at the end when `last` is `.follow`.
  ///
  /// Components that do not exist stay as they are.
  package func canonical(_ path: String, last: LastLink = .keep) throws(SystemError) -> String {
    var plain: [Substring] = []
    var rest = Array(components(path).reversed())
    var links = 0
    while let next = rest.popLast() {
      if next == ".." {
        _ = plain.popLast()
        continue
      }
      let here = (plain + [next]).joined(separator: "/")
      guard !rest.isEmpty || last == .follow, let target = try trustedLink(here, of: path) else {
        plain.append(next)
        continue
      }
      links += 1
      guard links <= 40 else { throw SystemError("readlink", path, .tooManySymbolicLinkLevels) }
      if target.first == "/" { plain = [] }
      rest += components(target).reversed()
    }
    return "/" + plain.joined(separator: "/")
  }

  /// Where the link at `plain` points; nil when it is no link or does not exist.
  ///
  /// `plain` has no links on the way and no slash in front.
  func trustedLink(_ plain: some StringProtocol, of path: String) throws(SystemError) -> String? {
    let plain = String(plain)
    do throws(SystemError) {
      let link = try OwnedDescriptor.open(
        plain, in: descriptor.number, flags: charden_O_PATH | O_NOFOLLOW)
      let inode = try Inode.read("", in: link.number)
      guard inode.form == .link else { return nil }
      try requireTrusted(inode, at: plain, on: path)
      return try readLink(link.number, path)
    } catch {
      if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return nil }
      throw named(error, path)
    }
  }

  /// Refuses the link at `plain` where somebody else could replace it.
  private func requireTrusted(_ link: Inode, at plain: String, on path: String)
    throws(SystemError)
  {
    let parent = plain.split(at: "/").dropLast().joined(separator: "/")
    // A descriptor without a name would be closed before it is read from.
    let folder = try OwnedDescriptor.open(
      parent.isEmpty ? "." : parent, in: descriptor.number, flags: charden_O_PATH)
    let directory = try Inode.read("", in: folder.number)
    let trusted = { (owner: UInt32) in owner == 0 || owner == geteuid() }
    guard trusted(link.owner), trusted(directory.owner), directory.mode.bits & 0o022 == 0 else {
      throw SystemError(
        refusing: path, "the link /\(plain) could be replaced by somebody else; name its target")
    }
  }

  /// The text of the link open as `number`.
  func readLink(_ number: CInt, _ subject: String) throws(SystemError) -> String {
    var failure = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      let result = unsafe UnsafeMutableRawBufferPointer(buffer).withMemoryRebound(to: CChar.self) {
        guard let text = $0.baseAddress else { return -Int(ENOMEM) }
        return unsafe folded(readlinkat(number, "", text, $0.count))
      }
      if result < 0 { failure = -result } else { count = result }
    }
    guard failure == 0 else {
      throw SystemError("readlinkat", subject, Errno(rawValue: CInt(failure)))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func components(_ path: String) -> [Substring] {
    path.split(at: "/").filter { $0 != "." }
  }

  private func relative(_ path: String) -> String {
    if let rest = Self.plain(path) { return rest }
    let parts = components(path)
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }

  /// What follows the first slash of a path that has nothing to leave out: most have not.
  private static func plain(_ path: String) -> String? {
    let bytes = path.utf8
    guard bytes.first == 0x2F, bytes.count > 1 else { return nil }
    var last: UInt8 = 0x2F
    var isDot = false
    for byte in bytes.dropFirst() {
      if byte == 0x2F, last == 0x2F || isDot { return nil }
      isDot = byte == 0x2E && last == 0x2F
      last = byte
    }
    return last == 0x2F || isDot ? nil : String(path.dropFirst())
  }

  private func named(_ error: SystemError, _ path: String) -> SystemError {
    var error = error
    error.subject = path
    return error
  }
}
