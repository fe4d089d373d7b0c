package import HardenCore
internal import HardenModel

/// The JSON Schema (draft-07) of playbooks, for editors; made from the fields that the reader reads.
package struct PlaybookSchema {
  private let catalog: Catalog

  /// The schema of playbooks with the kinds of `catalog`.
  package init(catalog: Catalog) { self.catalog = catalog }

  /// The schema's text, ending in a line feed.
  package var text: String {
    let definitions =
      [
        JSONText.Member(key: "condition", value: SchemaShape.object(Condition.fields)),
        JSONText.Member(key: "resource", value: resource),
      ]
      + catalog.kinds.map { kind in
        JSONText.Member(
          key: "kind-\(kind.manual.kind)",
          value: SchemaShape.object(kind.manual.fields, summary: kind.manual.summary))
      }
    guard case .object(let playbook) = SchemaShape.object(PlaybookKeys.all) else { return "" }
    let head: [JSONText.Member] = [
      .init(key: "$schema", value: .text("http://json-schema.org/draft-07/schema#")),
      .init(key: "title", value: .text("harden playbook, format 1")),
    ]
    let tail = [JSONText.Member(key: "definitions", value: .object(definitions))]
    return JSONText.object(head + playbook + tail).text() + "\n"
  }

  /// An entry of `ensure:`: exactly one kind with its fields.
  private var resource: JSONText {
    .object([
      "type": .text("object"),
      "minProperties": .integer(1),
      "maxProperties": .integer(1),
      "additionalProperties": .boolean(false),
      "properties": .object(
        catalog.kinds.map { kind in
          JSONText.Member(
            key: kind.manual.kind,
            value: .object([
              "$ref": .text("#/definitions/kind-\(kind.manual.kind)")
            ]))
        }),
    ])
  }
}
