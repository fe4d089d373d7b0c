package import HardenModel

/// A word out of a closed list.
package protocol Choice: FieldValue, RawRepresentable, CaseIterable where RawValue == String {}

extension Choice {
  package static func read(_ node: Node, _ reading: inout Reading) -> Self? {
    if let value = node.text.flatMap({ Self(rawValue: $0) }) { return value }
    let words = allCases.map(\.rawValue)
    guard let text = reading.text(node, expected: words.joined(separator: ", ")) else { return nil }
    reading.report(
      Diagnostic(
        .wrongValue, "'\(text)' is none of \(words.joined(separator: ", "))", at: node.range,
        help: Spelling.nearest(to: text, among: words).map { "did you mean '\($0)'?" }))
    return nil
  }
  package static var shape: Shape { .choice(allCases.map(\.rawValue)) }
}
