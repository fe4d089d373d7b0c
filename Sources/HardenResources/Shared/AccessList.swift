internal import HardenModel
internal import HardenSystem

/// A POSIX access control list, as the kernel keeps it in an extended attribute.
struct AccessList: Hashable, Sendable {
  /// The attribute's name.
  static let attribute = "system.posix_acl_access"

  /// Whom an entry is about; the order is the one that the kernel demands.
  enum Tag: UInt16, Hashable, Sendable, Comparable {
    case owner = 0x01
    case user = 0x02
    case owningGroup = 0x04
    case group = 0x08
    case mask = 0x10
    case other = 0x20

    static func < (left: Tag, right: Tag) -> Bool { left.rawValue < right.rawValue }
  }

  /// One entry.
  struct Entry: Hashable, Sendable {
    /// Whom it is about.
    var tag: Tag
    /// The number of the user or group; nil for the others.
    var id: UInt32?
    /// Read 4, write 2, execute 1.
    var permissions: UInt16
  }

  /// Sorted as the kernel demands.
  let entries: [Entry]

  /// The list with `entries`, in any order.
  init(_ entries: [Entry]) {
    self.entries = entries.sorted { ($0.tag, $0.id ?? 0) < ($1.tag, $1.id ?? 0) }
  }

  /// Reads the attribute: a version, then eight bytes for each entry, little-endian; nil when it is
  /// something else.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 4, (bytes.count - 4) % 8 == 0, bytes[0..<4].elementsEqual([2, 0, 0, 0])
    else {
      return nil
    }
    var entries: [Entry] = []
    for start in stride(from: 4, to: bytes.count, by: 8) {
      let half = { (offset: Int) in
        UInt16(bytes[start + offset]) | UInt16(bytes[start + offset + 1]) << 8
      }
      guard let tag = Tag(rawValue: half(0)) else { return nil }
      let id = UInt32(half(4)) | UInt32(half(6)) << 16
      let isNamed = tag == .user || tag == .group
      entries.append(Entry(tag: tag, id: isNamed ? id : nil, permissions: half(2)))
    }
    self.init(entries)
  }

  /// The attribute's value.
  var bytes: [UInt8] {
    var bytes: [UInt8] = [2, 0, 0, 0]
    for entry in entries {
      for half in [entry.tag.rawValue, entry.permissions] {
        bytes += [UInt8(truncatingIfNeeded: half), UInt8(truncatingIfNeeded: half >> 8)]
      }
      let id = entry.id ?? .max
      for shift: UInt32 in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: id >> shift)) }
    }
    return bytes
  }

  /// What the entry that is alone of its tag grants; nil when there is none.
  func permissions(_ tag: Tag) -> UInt16? { entries.first { $0.tag == tag }?.permissions }

  /// Everything that users and groups with a name are granted together.
  var named: UInt16 { entries.reduce(0) { $1.id == nil ? $0 : $0 | $1.permissions } }

  /// The named entries and the owning group's, as a playbook writes them.
  func text(_ accounts: AccountNames) -> String {
    entries.compactMap { entry in
      let permissions = Self.text(entry.permissions)
      switch (entry.tag, entry.id) {
      case (.user, let id?): return "u:\(accounts.user(id)):\(permissions)"
      case (.group, let id?): return "g:\(accounts.group(id)):\(permissions)"
      case (.owningGroup, _): return "g::\(permissions)"
      default: return nil
      }
    }.joined(separator: ",")
  }

  /// Three letters or dashes.
  static func text(_ permissions: UInt16) -> String {
    zip("rwx", [4, 2, 1] as [UInt16]).map { permissions & $1 == 0 ? "-" : String($0) }.joined()
  }
}
