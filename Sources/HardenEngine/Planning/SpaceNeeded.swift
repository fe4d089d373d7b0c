internal import HardenModel
internal import HardenSystem

/// What steps write, file system by file system: each file is written beside the one that it replaces.
struct SpaceNeeded {
  private struct Need {
    var folder: String
    var growth: UInt64 = 0
    var largest: UInt64 = 0
    var inodes: UInt64 = 1
  }

  /// The smallest piece of a file that takes space.
  private static let block: UInt64 = 4096
  private var needs: [UInt64: Need] = [:]

  /// Adds up `steps`, which write files of the `sizes`, on `host`.
  init(_ steps: [Step], _ sizes: [Digest: Int], on host: borrowing Host) throws(SystemError) {
    for step in steps {
      switch step {
      case .writeFile(let order):
        guard case .file(let digest) = order.after.form else { continue }
        try add(UInt64(sizes[digest] ?? 0), at: order.path, host)
      case .editFile(let order):
        let added = order.edits.reduce(0) { $0 + ($1.after?.utf8.count ?? 0) }
        try add(try Self.size(order.path, host) + UInt64(added), at: order.path, host)
      default: continue
      }
    }
  }

  private static func size(_ path: String, _ host: borrowing Host) throws(SystemError) -> UInt64 {
    try host.inode(path).map { $0.form == .file ? $0.size : 0 } ?? 0
  }

  private mutating func add(_ size: UInt64, at path: String, _ host: borrowing Host)
    throws(SystemError)
  {
    let old = try Self.size(path, host)
    let blocks = { (bytes: UInt64) in (bytes + Self.block - 1) / Self.block * Self.block }
    // The directory may have to be made first, where another one is.
    var folder = path
    var mount: UInt64?
    repeat {
      let slash = folder.utf8.lastIndex(of: 0x2F) ?? folder.startIndex
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
      if let inode = try host.inodeFollowing(folder), inode.form == .directory {
        mount = inode.mount
      }
    } while mount == nil && folder != "/"
    guard let mount else { return }
    var need = needs[mount] ?? Need(folder: folder)
    need.growth += blocks(size) - min(blocks(size), blocks(old))
    need.largest = max(need.largest, blocks(size))
    if try host.inode(path) == nil { need.inodes += 1 }
    needs[mount] = need
  }

  /// What does not fit, one sentence for each file system.
  func lacking(on host: borrowing Host) throws(SystemError) -> [String] {
    var sentences: [String] = []
    for need in needs.values.sorted(by: { $0.folder < $1.folder }) {
      let free = try host.freeSpace(at: need.folder)
      let bytes = need.growth + need.largest
      if free.bytes < bytes {
        sentences.append(
          "what is written to \(need.folder) needs \(Self.kibibytes(bytes)), and its file system has \(Self.kibibytes(free.bytes)) left"
        )
      } else if let inodes = free.inodes, inodes < need.inodes {
        sentences.append(
          "what is written to \(need.folder) needs \(counted(Int(need.inodes), "inode")), and its file system has \(inodes) left"
        )
      }
    }
    return sentences
  }

  private static func kibibytes(_ bytes: UInt64) -> String { "\((bytes + 1023) / 1024) KiB" }
}
