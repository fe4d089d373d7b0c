package import HardenCore
package import HardenModel

/// Which permission bits are accepted.
package enum ModeWanted: Hashable, Sendable, Codable {
  /// One of these modes.
  case accepted(Accepted<Mode>)
  /// No bit beyond these; fewer are kept.
  case atMost(Mode)

  /// What `mode` becomes; itself where it is accepted.
  func applied(to mode: Mode) -> Mode {
    switch self {
    case .accepted(let modes): modes.any.contains(mode) ? mode : modes.set
    case .atMost(let limit): Mode(mode.bits & limit.bits)
    }
  }
}

extension ModeWanted: FieldValue {
  private static let atMost = Field<Mode>(
    "at_most", required: true, "the bits that may be set; others are taken away")

  package static var shape: Shape { .either([Accepted<Mode>.shape, .object([atMost.spec])]) }

  package static func read(_ node: Node, _ reading: inout Reading) -> ModeWanted? {
    guard node["at_most"] != nil else {
      return Accepted<Mode>.read(node, &reading).map(ModeWanted.accepted)
    }
    return reading.inside(node, of: "the mode") { $0.read(atMost) }.map(ModeWanted.atMost)
  }
}
