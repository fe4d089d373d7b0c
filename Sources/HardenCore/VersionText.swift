package import HardenModel

/// A version with an operator, as a playbook writes it.
package struct VersionText: Hashable, Sendable, FieldValue {
  /// The text, known to be a ``VersionBound``.
  package let text: String

  package static func read(_ node: Node, _ reading: inout Reading) -> VersionText? {
    reading.parsed(
      node, expected: "a version", form: "a version",
      help: "write numbers with dots, if need be behind >=, <=, > or <"
    ) { VersionBound($0) == nil ? nil : VersionText(text: $0) }
  }

  package static var shape: Shape {
    .pattern("^(>=|<=|>|<|=)? *[0-9]+(\\.[0-9]+)*$", example: ">=5.10")
  }
}
