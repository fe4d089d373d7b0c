internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

/// Files of any size, of which little or nothing is kept.
extension Host {
  /// The SHA-256 of the regular file at `path`, links followed; nil when nothing is there.
  package func digest(ofFile path: String) throws(SystemError) -> Digest? {
    try once("digest \(path)") { host throws(SystemError) -> Digest? in
      var hashing = Hashing()
      var offset: UInt64 = 0
      while true {
        guard let piece = try host.piece(of: path, from: offset, count: 1 << 20) else { return nil }
        guard !piece.isEmpty else { return hashing.digest }
        hashing.add(piece)
        offset += UInt64(piece.count)
      }
    }
  }

  /// At most `count` bytes of the regular file at `path` from `offset` on, links followed; nil when
  /// nothing is there, fewer only at the end.
  package func piece(of path: String, from offset: UInt64, count: Int) throws(SystemError)
    -> [UInt8]?
  {
    let plain = try canonical(path, last: .follow)
    guard let inode = try inode(plain) else { return nil }
    guard inode.form == .file else { throw SystemError(refusing: path, "not a regular file") }
    if let content = try plannedContent(plain) {
      return Array(content.dropFirst(Int(clamping: offset)).prefix(count))
    }
    // No file reaches so far, and the kernel takes no such range.
    guard offset <= UInt64(Int64.max - Int64(count)) else { return [] }
    let file = try root.open(plain, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY)
    return try file.piece(from: off_t(offset), count: count, of: path)
  }
}

extension OwnedDescriptor {
  /// At most `count` bytes from `offset` on, fewer only at the end; the corresponding system call is
  /// `pread`.
  fileprivate func piece(from offset: off_t, count: Int, of subject: String) throws(SystemError)
    -> [UInt8]
  {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let room = min(count - bytes.count, 1 << 20)
      let place = offset + off_t(bytes.count)
      var failure = 0
      let read = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        var result: Int
        repeat {
          result = unsafe folded(pread(number, buffer.baseAddress, room, place))
        } while result == -Int(EINTR)
        if result < 0 { failure = -result } else { count = result }
      }
      guard failure == 0 else {
        throw SystemError("pread", subject, Errno(rawValue: CInt(failure)))
      }
      if read.isEmpty { return bytes }
      bytes += read
    }
    return bytes
  }
}
