package import HardenModel

/// A version with an operator, as a playbook writes it.
package struct VersionText: Hashable, Sendable, FieldValue {
  /// The text, known to be a ``VersionBound``.
  package let text: String

  package static func read(_ node: Node, _ reading: inout Reading) -> VersionText? {
    guard let text = reading.text(node, expected: "a version") else { return nil }
    guard VersionBound(text) != nil else {
      reading.report(
        Diagnostic(
          .wrongValue, "'\(text)' is not a version", at: node.range,
          help: "write numbers with dots, if need be behind >=, <=, > or <"))
      return nil
    }
    return VersionText(text: text)
  }

  package static var shape: Shape {
    .pattern("^(>=|<=|>|<|=)? *[0-9]+(\\.[0-9]+)*$", example: ">=5.10")
  }
}
