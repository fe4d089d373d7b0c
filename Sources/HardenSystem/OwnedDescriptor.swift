internal import CHarden
internal import Glibc
internal import SystemPackage

/// A file descriptor that is closed exactly once, when its owner goes.
package struct OwnedDescriptor: ~Copyable, Sendable {
  /// The number; it must not outlive this value.
  package let number: CInt

  /// Takes over `number`.
  init(_ number: CInt) { self.number = number }

  deinit { _ = close(number) }

  /// Opens `path` below `directory`; the corresponding system call is `openat2`.
  static func open(
    _ path: String, in directory: CInt, flags: CInt, resolve: Resolve = .beneath
  ) throws(SystemError) -> OwnedDescriptor {
    var number: CInt
    repeat {
      number = unsafe charden_openat2(
        directory, path, UInt64(flags | O_CLOEXEC), 0, resolve.rawValue)
    } while number == -EINTR || number == -EAGAIN
    guard number >= 0 else { throw SystemError("openat2", path, Errno(rawValue: -number)) }
    return OwnedDescriptor(number)
  }

  /// How `openat2` walks: never out of the directory, never through links.
  struct Resolve {
    let rawValue: UInt64
    /// RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS.
    static let beneath = Resolve(rawValue: 0x08 | 0x04 | 0x02)
    /// RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS: links are followed as long as they stay inside.
    static let inside = Resolve(rawValue: 0x08 | 0x02)
  }

  /// A second descriptor for the same open file; the corresponding system call is `dup`.
  func duplicate() throws(SystemError) -> OwnedDescriptor {
    let number = folded(dup(self.number))
    guard number >= 0 else { throw SystemError("dup", "", Errno(rawValue: CInt(-number))) }
    return OwnedDescriptor(CInt(number))
  }

  /// Reads from the start to the end, at most `limit` bytes.
  func contents(limit: Int, of subject: String) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = 4096
    while true {
      let piece = try read(min(chunk, limit + 1 - bytes.count), from: bytes.count, of: subject)
      if piece.isEmpty { return bytes }
      bytes += piece
      guard bytes.count <= limit else {
        throw SystemError(refusing: subject, "larger than \(limit) bytes")
      }
      chunk = min(chunk * 4, Self.most)
    }
  }

  /// At most `count` bytes from `offset` on, fewer only at the end.
  func piece(_ count: Int, from offset: Int, of subject: String) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let read = try read(
        min(count - bytes.count, Self.most), from: offset + bytes.count, of: subject)
      if read.isEmpty { return bytes }
      bytes += read
    }
    return bytes
  }

  /// How much is asked for at once.
  private static let most = 1 << 20

  /// What one call gives, at most `room` bytes; the corresponding system call is `pread`.
  private func read(_ room: Int, from offset: Int, of subject: String) throws(SystemError)
    -> [UInt8]
  {
    var failure = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      var result: Int
      repeat {
        result = unsafe folded(pread(number, buffer.baseAddress, room, off_t(offset)))
      } while result == -Int(EINTR)
      if result < 0 { failure = -result } else { count = result }
    }
    guard failure == 0 else { throw SystemError("pread", subject, Errno(rawValue: CInt(failure))) }
    return bytes
  }
}
