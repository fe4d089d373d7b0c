package import HardenModel

extension TimeSpan: FieldValue {
  /// Reads `30s`, `5m` or `2h`.
  package static func read(_ node: Node, _ reading: inout Reading) -> TimeSpan? {
    reading.parsed(
      node, expected: "a length of time", form: "a length of time",
      help: "write a whole number with s, m or h, for example 10s; a week is the longest"
    ) { TimeSpan($0) }
  }

  /// A number with its unit.
  package static var shape: Shape { .pattern("^[0-9]{1,6}[smh]$", example: "10s") }
}
