import HardenCore
import HardenModel

/// A scalar as a playbook writes it, plain.
func plain(_ text: String, column: Int = 1) -> Node {
  Node(.scalar(text, quoted: false), at: SourceRange(file: "f", line: 1, column: column))
}

/// A list of plain scalars.
func list(_ texts: String...) -> Node {
  Node(.sequence(texts.map { plain($0) }), at: SourceRange(file: "f", line: 1, column: 1))
}

/// A mapping.
func mapping(_ entries: KeyValuePairs<String, Node>) -> Node {
  let at = SourceRange(file: "f", line: 1, column: 1)
  return Node(
    .mapping(
      entries.enumerated().map { index, entry in
        Node.Entry(
          key: entry.key, keyRange: SourceRange(file: "f", line: 2, column: index + 1),
          value: entry.value)
      }), at: at)
}

/// What reading `node` as `Value` gives, and the codes of what was wrong.
func read<Value: FieldValue>(_ node: Node, as type: Value.Type = Value.self) -> (
  Value?, [DiagnosticCode]
) {
  var reading = Reading()
  let value = Value.read(node, &reading)
  return (value, reading.diagnostics.map(\.code))
}
