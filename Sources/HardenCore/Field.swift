package import HardenModel

/// A key that a kind reads from a playbook, at once the row in its manual and in the JSON schema.
package struct Field<Value: FieldValue>: Sendable {
  /// What the manual and the schema know of it.
  package let spec: FieldSpec

  /// The field `name`; `summary` is one sentence for the manual.
  ///
  /// A verbatim field takes its text as it stands, without replacing variables.
  package init(_ name: String, required: Bool = false, verbatim: Bool = false, _ summary: String) {
    spec = FieldSpec(
      name: name, shape: Value.shape, isRequired: required, isVerbatim: verbatim, summary: summary)
  }
}

/// What is known of a field without its type.
package struct FieldSpec: Hashable, Sendable {
  /// The key.
  package let name: String
  /// What values look like.
  package let shape: Shape
  /// Whether it must be there.
  package let isRequired: Bool
  /// Whether variables stay as they stand.
  package let isVerbatim: Bool
  /// One sentence for the manual.
  package let summary: String
}

/// The keys of one mapping while it is being read.
///
/// Every mistake is collected, not only the first; what no field has read is unknown.
package struct Fields {
  /// Where the mapping stands.
  package let range: SourceRange
  /// Where reading reports.
  package var reading: Reading
  private let entries: [Node.Entry]
  private let owner: String
  private var known: [String] = []

  /// The keys of `node`; `owner` names it in messages, for example `sysctl`.
  package init(_ node: Node, of owner: String, reading: Reading) {
    range = node.range
    self.owner = owner
    self.reading = reading
    entries = node.entries ?? []
    if node.entries == nil { self.reading.mismatch(node, expected: "a mapping") }
  }

  /// Whether the key is there.
  package func has(_ field: Field<some FieldValue>) -> Bool { node(field) != nil }

  /// The value's node as it stands.
  package func node(_ field: Field<some FieldValue>) -> Node? {
    entries.first { $0.key == field.spec.name }?.value
  }

  /// The value of `field`: nil when it is not there, or wrong and reported.
  ///
  /// A required field that is missing is reported here.
  package mutating func read<Value>(_ field: Field<Value>) -> Value? {
    known.append(field.spec.name)
    guard let node = node(field) else {
      if field.spec.isRequired {
        reading.report(
          Diagnostic(.missingKey, "\(owner) needs '\(field.spec.name)'", at: range))
      }
      return nil
    }
    if field.spec.isVerbatim { return Value.read(node, &reading) }
    guard let expanded = reading.expanded(node) else { return nil }
    return Value.read(expanded, &reading)
  }

  /// Reports every key that no field has read, and hands back everything that was reported.
  package consuming func finish() -> Reading {
    for entry in entries where !known.contains(entry.key) {
      let nearest = Spelling.nearest(to: entry.key, among: known)
      reading.report(
        Diagnostic(
          .unknownKey, "unknown key '\(entry.key)' in \(owner)", at: entry.keyRange,
          help: nearest.map { "did you mean '\($0)'?" }
            ?? "it knows \(known.joined(separator: ", "))"))
    }
    return reading
  }
}
