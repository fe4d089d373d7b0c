package import HardenModel

/// The place where reading reports, and what it needs to know while reading.
package struct Reading {
  /// Everything that was wrong so far.
  package private(set) var diagnostics: [Diagnostic] = []
  /// Replaces `${name}` in a scalar; reports and returns nil where a name is unknown.
  package var expand: (Node, inout [Diagnostic]) -> Node?
  /// Reads the file that a `source:` names beside the playbook, the path taken from the node;
  /// reports and returns nil where it cannot be read.
  ///
  /// The path is relative to the playbook's folder and never leaves its tree. The bytes are read
  /// once, whole, and become part of what the plan was computed from.
  package var source: (String, Node, inout [Diagnostic]) -> [UInt8]?
  /// Whether the value that is being read lies inside one whose variables are replaced, so that
  /// what came out of a variable is not searched for variables again.
  var isExpanded = false
  /// What the control says for all its resources; nil when it says nothing.
  package var ifMissing: IfMissing?

  /// A reading that replaces variables with `expand` and reads files with `source`.
  package init(
    expand: @escaping (Node, inout [Diagnostic]) -> Node? = { node, _ in node },
    source: @escaping (String, Node, inout [Diagnostic]) -> [UInt8]? = Reading.noSource
  ) {
    self.expand = expand
    self.source = source
  }

  /// Reports that there is no folder to read files from.
  package static func noSource(_ path: String, _ node: Node, _ found: inout [Diagnostic])
    -> [UInt8]?
  {
    found.append(
      Diagnostic(
        .unreadable, "'\(path)' cannot be read: no playbook file stands beside it", at: node.range))
    return nil
  }

  /// The bytes of the file that `node` names beside the playbook, nil after a report.
  package mutating func source(_ node: Node) -> [UInt8]? {
    guard let path = text(node, expected: "the path of a file beside the playbook") else {
      return nil
    }
    return source(path, node, &diagnostics)
  }

  /// Adds a mistake.
  package mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Reports that `node` should have been `expected`.
  package mutating func mismatch(_ node: Node, expected: String, help: String? = nil) {
    report(
      Diagnostic(
        .wrongType, "expected \(expected), found \(node.shape)", at: node.range, help: help)
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

  /// What `parse` makes of the text of `node`; nil after reporting that `expected` belongs there, or
  /// that the text is not `form`, with `help`.
  package mutating func parsed<Value>(
    _ node: Node, expected: String, form: String, help: String, _ parse: (String) -> Value?
  ) -> Value? {
    guard let text = text(node, expected: expected) else { return nil }
    if let value = parse(text) { return value }
    report(Diagnostic(.wrongValue, "'\(text)' is not \(form)", at: node.range, help: help))
    return nil
  }

  /// `node` with its variables replaced; as it stands where that has been done around it.
  package mutating func expanded(_ node: Node) -> Node? {
    isExpanded ? node : expand(node, &diagnostics)
  }

  /// The text of the variable `name`, nil after reporting that there is none.
  package mutating func variable(_ name: String, at range: SourceRange) -> String? {
    let reference = Node(.scalar("${\(name)}", quoted: false), at: range)
    guard let value = expand(reference, &diagnostics) else { return nil }
    return text(value, expected: "a variable that is not a list")
  }
}
