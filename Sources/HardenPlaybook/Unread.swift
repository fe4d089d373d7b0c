internal import HardenCore
internal import HardenModel

/// A part of the playbook format with a shape of its own.
protocol PlaybookPart {
  /// What it looks like.
  static var shape: Shape { get }
}

/// A part that is kept as it stands until the variables that it may name are known.
struct Unread<Part: PlaybookPart>: FieldValue {
  /// The part as it stands.
  var node: Node

  static func read(_ node: Node, _ reading: inout Reading) -> Unread? { Unread(node: node) }
  static var shape: Shape { Part.shape }
}
