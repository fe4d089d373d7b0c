package import HardenModel

/// One value or a list of them: what the naming field of a kind takes.
package struct OneOrMany<Value: FieldValue>: FieldValue {
  /// The values in order, with their places.
  package var values: [(value: Value, range: SourceRange)]

  package static func read(_ node: Node, _ reading: inout Reading) -> OneOrMany? {
    let nodes = node.items ?? [node]
    guard !nodes.isEmpty else {
      reading.mismatch(node, expected: "at least one value")
      return nil
    }
    var values: [(value: Value, range: SourceRange)] = []
    for item in nodes {
      if let value = Value.read(item, &reading) { values.append((value, item.range)) }
    }
    return values.count == nodes.count ? OneOrMany(values: values) : nil
  }
  package static var shape: Shape { .either([Value.shape, .list(Value.shape)]) }
}
