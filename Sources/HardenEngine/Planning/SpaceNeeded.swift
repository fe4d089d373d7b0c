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
        try add(at: order.path, host) { _ in UInt64(sizes[digest] ?? 0) }
      case .editFile(let order):
        let added = order.edits.reduce(0) { $0 + ($1.after?.utf8.count ?? 0) }
        try add(at: order.path, host) { $0 + UInt64(added) }
      default: continue
      }
    }
  }

  /// Adds the file at `path`, whose size follows from the one that it has.
  private mutating func add(
    at path: String, _ host: borrowing Host, _ size: (UInt64) -> UInt64
  ) throws(SystemError) {
    let inode = try host.inode(path)
    let old = inode?.form == .file ? inode?.size ?? 0 : 0
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
    let new = blocks(size(old))
    var need = needs[mount] ?? Need(folder: folder)
    need.growth += new - min(new, blocks(old))
    need.largest = max(need.largest, new)
    if inode == nil { need.inodes += 1 }
    needs[mount] = need
  }

  /// What does not fit, one sentence for each file system.
  func lacking(on host: borrowing Host) throws(SystemError) -> [String] {
    var sentences: [String] = []
    for need in needs.values.sorted(by: { $0.folder < $1.folder }) {
      let free = try host.freeSpace(at: need.folder)
      let bytes = need.growth + need.largest
      if let left = free.bytes, left < bytes {
        sentences.append(
          "what is written to \(need.folder) needs \(Self.kibibytes(bytes)), and its file system has \(Self.kibibytes(left)) left"
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
