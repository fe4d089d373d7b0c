package import HardenModel

extension TimeSpan: FieldValue {
  /// Reads `30s`, `5m` or `2h`.
  package static func read(_ node: Node, _ reading: inout Reading) -> TimeSpan? {
    guard let text = reading.text(node, expected: "a length of time") else { return nil }
    if let span = TimeSpan(text) { return span }
    reading.report(
      Diagnostic(
        .wrongValue, "'\(text)' is not a length of time", at: node.range,
        help: "write a whole number with s, m or h, for example 10s; a week is the longest"))
    return nil
  }

  /// A number with its unit.
  package static var shape: Shape { .pattern("^[0-9]{1,6}[smh]$", example: "10s") }
}
