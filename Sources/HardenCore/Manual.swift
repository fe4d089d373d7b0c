internal import HardenModel

/// What a user can know of a kind: help, documentation page and schema part come from it.
package struct Manual: Sendable {
  /// The kind's name in playbooks.
  package let kind: String
  /// One sentence.
  package let summary: String
  /// Paragraphs on what it compares, what it changes and what it refuses.
  package let details: String
  /// Every field that it reads.
  package let fields: [FieldSpec]
  /// The planes that it claims, in words.
  package let planes: String
  /// How its changes are undone, in words.
  package let undo: String
  /// One entry of `ensure:` that works, without its dash; it is run as a fixture.
  package let example: String

  /// Whether the running kernel, or a process, holds a half of it.
  package var hasLiveHalf: Bool { planes.hasPrefix("now") }

  /// The example as an entry of a list, each line behind `indent`.
  package func entry(indent: String) -> String {
    let lines = example.split(at: "\n")
    return zip(0..., lines).map { "\(indent)\($0 == 0 ? "- " : "  ")\($1)" }.joined(separator: "\n")
  }

  /// A manual; see the properties.
  package init(
    kind: String, summary: String, details: String, fields: [FieldSpec], planes: String,
    undo: String, example: String
  ) {
    self.kind = kind
    self.summary = summary
    self.details = details
    self.fields = fields
    self.planes = planes
    self.undo = undo
    self.example = example
  }
}
