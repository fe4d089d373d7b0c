/// An owner or a group: by name where it has one, so that equal hosts give equal plans.
package enum Principal: Hashable, Sendable {
  /// A name to be looked up in the account files of the root that harden works on.
  case name(String)
  /// A bare number, for owners that no account file names and for before-images.
  case id(UInt32)
}

extension Principal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .name(let name): name
    case .id(let id): "#\(id)"
    }
  }
}

extension Principal: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let id = try? container.decode(UInt32.self) {
      self = .id(id)
    } else {
      self = .name(try container.decode(String.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .name(let name): try container.encode(name)
    case .id(let id): try container.encode(id)
    }
  }
}
