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
