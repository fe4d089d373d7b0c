/// Everything about one path that harden can set and restore.
///
/// Fields that are nil make no claim: a wanted state leaves them as they are; a before-image has
/// all of them.
package struct FileState: Hashable, Sendable, Codable {
  /// What stands at the path.
  package enum Form: Hashable, Sendable {
    /// Nothing.
    case absent
    /// A regular file whose bytes have this digest; the bytes travel beside the plan.
    case file(Digest)
    /// A directory.
    case directory
    /// A symbolic link to this text.
    case link(String)
    /// A device, socket or pipe, named for messages; harden never makes or replaces one.
    case special(String)
  }

  /// What stands at the path.
  package var form: Form
  /// Owner, mode and the rest.
  package var attributes: Attributes
  /// Last change of the content; only before-images carry it.
  package var modified: Timestamp?

  /// A state of `form` with `attributes`.
  package init(_ form: Form, _ attributes: Attributes = Attributes(), modified: Timestamp? = nil) {
    self.form = form
    self.attributes = attributes
    self.modified = modified
  }

  /// The state of a path where nothing is.
  package static let absent = FileState(.absent)
}

/// What an inode carries besides its content; nil fields make no claim.
package struct Attributes: Hashable, Sendable, Codable {
  /// Owning user.
  package var owner: Principal?
  /// Owning group.
  package var group: Principal?
  /// Permission bits.
  package var mode: Mode?
  /// Extended attributes by full name, ACLs and labels included; a nil value means "without it".
  package var xattrs: [String: Bytes?]
  /// Inode flags as `FS_IOC_GETFLAGS` gives them (immutable, append-only …).
  package var flags: UInt32?

  /// A claim on the fields given.
  package init(
    owner: Principal? = nil, group: Principal? = nil, mode: Mode? = nil,
    xattrs: [String: Bytes?] = [:], flags: UInt32? = nil
  ) {
    self.owner = owner
    self.group = group
    self.mode = mode
    self.xattrs = xattrs
    self.flags = flags
  }

  /// What belongs to root and its group, with `mode`.
  package static func ofRoot(_ mode: Mode) -> Attributes {
    Attributes(owner: .name("root"), group: .name("root"), mode: mode)
  }

  /// Whether it claims nothing at all.
  package var isEmpty: Bool { self == Attributes() }
}

/// A point in time as the kernel keeps it.
package struct Timestamp: Hashable, Sendable, Codable {
  /// Seconds since 1970-01-01 UTC.
  package var seconds: Int64
  /// 0 to 999,999,999.
  package var nanoseconds: Int32

  /// `seconds` and `nanoseconds` after 1970-01-01 UTC.
  package init(seconds: Int64, nanoseconds: Int32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }
}

extension Timestamp: Comparable {
  /// The earlier first.
  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

extension FileState.Form: Codable {
  private enum CodingKeys: String, CodingKey { case type, sha256, target, name }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(String.self, forKey: .type) {
    case "absent": self = .absent
    case "file": self = .file(try container.decode(Digest.self, forKey: .sha256))
    case "directory": self = .directory
    case "link": self = .link(try container.decode(String.self, forKey: .target))
    case "special": self = .special(try container.decode(String.self, forKey: .name))
    case let other:
      throw DecodingError.dataCorruptedError(
        forKey: .type, in: container, debugDescription: "unknown file form '\(other)'")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .absent:
      try container.encode("absent", forKey: .type)
    case .file(let digest):
      try container.encode("file", forKey: .type)
      try container.encode(digest, forKey: .sha256)
    case .directory:
      try container.encode("directory", forKey: .type)
    case .link(let target):
      try container.encode("link", forKey: .type)
      try container.encode(target, forKey: .target)
    case .special(let name):
      try container.encode("special", forKey: .type)
      try container.encode(name, forKey: .name)
    }
  }
}
