package import HardenModel

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
  /// Whether there is a mapping at all; without one no key is missed.
  private let isMapping: Bool
  private var known: [String] = []

  /// The keys of `node`; `owner` names it in messages, for example `sysctl`.
  package init(_ node: Node, of owner: String, reading: Reading) {
    range = node.range
    self.owner = owner
    self.reading = reading
    entries = node.entries ?? []
    isMapping = node.entries != nil
    if !isMapping { self.reading.mismatch(node, expected: "a mapping") }
  }

  /// Whether the key is there.
  package func has(_ field: Field<some FieldValue>) -> Bool { node(field) != nil }

  /// Whether the key is the first that is written.
  package func isFirst(_ field: Field<some FieldValue>) -> Bool {
    entries.first?.key == field.spec.name
  }

  /// The value's node as it stands.
  package func node(_ field: Field<some FieldValue>) -> Node? {
    let name = field.spec.name
    // By index: an entry that is handed on is copied, with all that it holds.
    for index in entries.indices where entries[index].key == name { return entries[index].value }
    return nil
  }

  /// The value of `field`: nil when it is not there, or wrong and reported.
  ///
  /// A required field that is missing is reported here.
  package mutating func read<Value>(_ field: Field<Value>) -> Value? {
    known.append(field.spec.name)
    guard let node = node(field) else {
      if field.spec.isRequired && isMapping {
        reading.report(
          Diagnostic(.missingKey, "\(owner) needs '\(field.spec.name)'", at: range))
      }
      return nil
    }
    if field.spec.isVerbatim { return Value.read(node, &reading) }
    guard let expanded = reading.expanded(node) else { return nil }
    let outer = reading.isExpanded
    reading.isExpanded = true
    defer { reading.isExpanded = outer }
    return Value.read(expanded, &reading)
  }

  /// Reports every key that no field has read, and hands back everything that was reported.
  package consuming func finish() -> Reading {
    let unknown = entries.filter { !known.contains($0.key) }
    for (index, entry) in unknown.enumerated() {
      // Whoever has more of them has not mistyped a word.
      let nearest = index < 50 ? Spelling.nearest(to: entry.key, among: known) : nil
      reading.report(
        Diagnostic(
          .unknownKey, "unknown key '\(entry.key)' in \(owner)", at: entry.keyRange,
          help: nearest.map { "did you mean '\($0)'?" }
            ?? "it knows \(known.joined(separator: ", "))"))
    }
    return reading
  }
}
