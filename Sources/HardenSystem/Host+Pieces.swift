internal import Glibc
package import HardenModel

/// Files of any size, of which little or nothing is kept.
extension Host {
  /// The SHA-256 of the regular file at `path`, links followed; nil when nothing is there.
  package func digest(ofFile path: String) throws(SystemError) -> Digest? {
    try once("digest \(path)") { host throws(SystemError) -> Digest? in
      guard let plain = try host.place(ofFile: path) else { return nil }
      if let content = try host.plannedContent(plain) { return Digest(of: content) }
      let file = try host.opened(plain)
      var hashing = Hashing()
      var offset = 0
      while true {
        let piece = try file.piece(1 << 20, from: offset, of: path)
        guard !piece.isEmpty else { return hashing.digest }
        hashing.add(piece)
        offset += piece.count
      }
    }
  }

  /// At most `count` bytes of the regular file at `path` from `offset` on, links followed; nil when
  /// nothing is there, fewer only at the end.
  package func piece(of path: String, from offset: UInt64, count: Int) throws(SystemError)
    -> [UInt8]?
  {
    guard let plain = try place(ofFile: path) else { return nil }
    if let content = try plannedContent(plain) {
      return Array(content.dropFirst(Int(clamping: offset)).prefix(count))
    }
    // No file reaches so far, and the kernel takes no such range.
    guard offset <= UInt64(Int64.max - Int64(count)) else { return [] }
    return try opened(plain).piece(count, from: Int(offset), of: path)
  }

  /// Where the regular file at `path` is, links followed; nil when nothing is there.
  private func place(ofFile path: String) throws(SystemError) -> String? {
    let plain = try canonical(path, last: .follow)
    guard let inode = try inode(plain) else { return nil }
    guard inode.form == .file else { throw SystemError(refusing: path, "not a regular file") }
    return plain
  }

  private func opened(_ plain: String) throws(SystemError) -> OwnedDescriptor {
    try root.open(plain, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY)
  }
}
