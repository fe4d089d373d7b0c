package import HardenModel

/// A type that a field of a playbook can have: it reads itself and describes itself to the schema.
package protocol FieldValue: Sendable {
  /// Reads `node`, reporting what is wrong with it; nil after a report.
  static func read(_ node: Node, _ reading: inout Reading) -> Self?
  /// What values look like.
  static var shape: Shape { get }
}

/// What a value looks like, for the JSON schema, the manual and messages.
package indirect enum Shape: Hashable, Sendable {
  /// Any text.
  case text
  /// Text of a form that people know, with a regular expression (ECMA 262) and an example.
  case pattern(String, example: String)
  /// `true` or `false`.
  case boolean
  /// A whole number.
  case integer(ClosedRange<Int>)
  /// One of these words.
  case choice([String])
  /// A list.
  case list(Shape)
  /// A mapping from any key to this.
  case mapping(Shape)
  /// A mapping with these keys and no others.
  case object([FieldSpec])
  /// Any of these.
  case either([Shape])
}

/// The place where reading reports, and what it needs to know while reading.
package struct Reading {
  /// Everything that was wrong so far.
  package private(set) var diagnostics: [Diagnostic] = []
  /// Replaces `${name}` in a scalar; reports and returns nil where a name is unknown.
  package var expand: @Sendable (Node, inout [Diagnostic]) -> Node?

  /// A reading that expands variables with `expand`.
  package init(expand: @escaping @Sendable (Node, inout [Diagnostic]) -> Node? = { node, _ in node })
  {
    self.expand = expand
  }

  /// Adds a mistake.
  package mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Reports that `node` should have been `expected`.
  package mutating func mismatch(_ node: Node, expected: String, help: String? = nil) {
    report(
      Diagnostic(.wrongType, "expected \(expected), found \(node.shape)", at: node.range, help: help)
    )
  }

  /// The scalar text of `node`, or nil after reporting that `expected` belongs there.
  package mutating func text(_ node: Node, expected: String) -> String? {
    guard let text = node.text else {
      mismatch(node, expected: expected)
      return nil
    }
    return text
  }

  /// `node` with its variables replaced.
  package mutating func expanded(_ node: Node) -> Node? { expand(node, &diagnostics) }
}
