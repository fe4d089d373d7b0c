package import HardenCore
package import HardenModel

/// One of some values, and the one that is written where none of them is found.
package struct Accepted<Value: FieldValue & Hashable & Codable>: Hashable, Sendable, Codable {
  /// What is accepted.
  package var any: [Value]
  /// What is written.
  package var set: Value

  /// Accepts and writes `value`.
  package init(_ value: Value) {
    any = [value]
    set = value
  }

  /// Accepts `any` and writes `set`.
  package init(any: [Value], set: Value) {
    self.any = any
    self.set = set
  }
}

extension Accepted: FieldValue {
  private static var any: Field<[Value]> { Field("any", required: true, "accepted values") }
  private static var set: Field<Value> {
    Field("set", "what is written where another is found; else the first of any")
  }

  package static var shape: Shape { .either([Value.shape, .object([any.spec, set.spec])]) }

  package static func read(_ node: Node, _ reading: inout Reading) -> Accepted? {
    guard node.entries != nil else { return Value.read(node, &reading).map { Accepted($0) } }
    let (any, set) = reading.inside(node, of: "the value") {
      ($0.read(Self.any), $0.read(Self.set))
    }
    guard let any, let written = set ?? any.first else {
      if any != nil { reading.mismatch(node, expected: "at least one accepted value") }
      return nil
    }
    guard any.contains(written) else {
      reading.report(
        Diagnostic(
          .wrongValue, "what is written is not among what is accepted", at: node.range,
          help: "add it to any"))
      return nil
    }
    return Accepted(any: any, set: written)
  }
}
