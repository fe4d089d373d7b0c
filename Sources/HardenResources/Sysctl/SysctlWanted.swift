package import HardenCore
package import HardenModel

/// What a kernel parameter may hold, and what is written where it holds something else.
package struct SysctlWanted: Hashable, Sendable, Codable {
  /// Accepted values; empty accepts all that the bounds accept.
  package var any: [String] = []
  /// Smallest accepted number.
  package var atLeast: Int?
  /// Largest accepted number.
  package var atMost: Int?
  /// Values that are not accepted.
  package var not: [String] = []
  /// What is written.
  package var set: String
  /// Whether `set` is only a bound, so that an accepted value is kept instead.
  package var keepsAccepted = false

  /// Accepts and writes `value`.
  package init(_ value: String) {
    any = [value]
    set = value
  }

  /// Whether a key that holds `value` is as wanted.
  package func accepts(_ value: String) -> Bool {
    let isOne = { (other: String) in SysctlValue.same(value, other) }
    guard any.isEmpty || any.contains(where: isOne), !not.contains(where: isOne) else {
      return false
    }
    guard atLeast != nil || atMost != nil else { return true }
    let words = value.words()
    guard words.count == 1, let number = SysctlValue.number(words[0]) else { return false }
    return atLeast.map { number >= $0 } != false && atMost.map { number <= $0 } != false
  }

  /// What our own file gets on a host whose key holds `current`.
  func durable(where current: String?) -> String {
    if keepsAccepted, let current, accepts(current) { current } else { set }
  }
}

extension SysctlWanted: FieldValue {
  private static let any = Field<[String]>("any", "accepted values")
  private static let atLeast = Field<Int>("at_least", "smallest accepted number")
  private static let atMost = Field<Int>("at_most", "largest accepted number")
  private static let not = Field<OneOrMany<String>>("not", "values that are not accepted")
  private static let set = Field<String>("set", "what is written where another value is found")

  package static var shape: Shape {
    .either([.text, .object([any.spec, atLeast.spec, atMost.spec, not.spec, set.spec])])
  }

  package static func read(_ node: Node, _ reading: inout Reading) -> SysctlWanted? {
    if let text = node.text { return plain(text, at: node, &reading).map(SysctlWanted.init) }
    guard node.entries != nil else {
      reading.mismatch(node, expected: "a value, or a mapping with any, at_least, at_most or not")
      return nil
    }
    let before = reading.diagnostics.count
    let (any, atLeast, atMost, not, set) = reading.inside(node, of: "the value") {
      (
        $0.read(Self.any), $0.read(Self.atLeast), $0.read(Self.atMost), $0.read(Self.not),
        $0.read(Self.set)
      )
    }
    guard reading.diagnostics.count == before else { return nil }

    let bound = atLeast ?? atMost
    guard let written = set ?? any?.first ?? bound.map({ String($0) }) else {
      reading.report(
        Diagnostic(
          .missingKey, "the value says not what to write", at: node.range,
          help: "add set, or say any, at_least or at_most"))
      return nil
    }
    var wanted = SysctlWanted(written)
    wanted.any = any ?? []
    wanted.atLeast = atLeast
    wanted.atMost = atMost
    wanted.not = not?.values.map(\.value) ?? []
    wanted.keepsAccepted = set == nil && any == nil
    guard wanted.accepts(written), any != nil || bound != nil || not != nil else {
      reading.report(
        Diagnostic(
          .wrongValue, "what is written, '\(written)', is not among what is accepted",
          at: node.range, help: "let any, at_least, at_most and not accept it"))
      return nil
    }
    return plain(written, at: node, &reading).map { _ in wanted }
  }

  private static func plain(_ text: String, at node: Node, _ reading: inout Reading) -> String? {
    guard !text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 }) else {
      reading.report(
        Diagnostic(.wrongValue, "the value of a kernel parameter is one line", at: node.range))
      return nil
    }
    let words = text.drop { $0 == " " || $0 == "\t" }
    return String(words.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
