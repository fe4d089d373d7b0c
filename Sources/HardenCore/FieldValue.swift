package import HardenModel

/// A type that a field of a playbook can have: it reads itself and describes itself to the schema.
package protocol FieldValue: Sendable {
  /// Reads `node`, reporting what is wrong with it; nil after a report.
  static func read(_ node: Node, _ reading: inout Reading) -> Self?
  /// What values look like.
  static var shape: Shape { get }
}
