internal import HardenCore

/// Shapes as JSON Schema.
///
/// An editor reads `2` as a number and `"2"` as a string where harden sees the same text, so text
/// takes numbers too, and every value that may come from a variable may be a string with `${`.
enum SchemaShape {
  private static let variable: JSONText = .object([
    "type": .text("string"), "pattern": .text("\\$\\{"),
  ])

  /// The schema of a mapping with `fields` and no others.
  static func object(
    _ fields: [FieldSpec], summary: String? = nil, variables: Bool = false
  ) -> JSONText {
    var members: [JSONText.Member] = []
    if let summary { members.append(.init(key: "description", value: .text(summary))) }
    members.append(.init(key: "type", value: .text("object")))
    members.append(.init(key: "additionalProperties", value: .boolean(false)))
    let required = fields.filter(\.isRequired).map { JSONText.text($0.name) }
    if !required.isEmpty { members.append(.init(key: "required", value: .list(required))) }
    members.append(
      .init(
        key: "properties",
        value: .object(
          fields.map { field in
            JSONText.Member(
              key: field.name,
              value: described(
                schema(field.shape, variables: variables || !field.isVerbatim), field.summary))
          })))
    return .object(members)
  }

  /// The schema of a value that looks like `shape`.
  static func schema(_ shape: Shape, variables: Bool) -> JSONText {
    switch shape {
    case .text: text
    case .pattern(let pattern, let example):
      .object([
        "type": .text("string"),
        "pattern": .text(variables ? "(\(pattern))|\\$\\{" : pattern),
        "examples": .list([.text(example)]),
      ])
    case .boolean: either([.object(["type": .text("boolean")])], variables: variables)
    case .integer(let range):
      either(
        [integer(range), .object(["type": .text("string"), "pattern": .text("^-?[0-9]+$")])],
        variables: variables)
    case .choice(let words):
      either([.object(["enum": .list(words.map { .text($0) })])], variables: variables)
    case .list(let item):
      either(
        [
          .object([
            "type": .text("array"), "items": schema(item, variables: variables),
          ])
        ], variables: variables)
    case .mapping(let value):
      .object([
        "type": .text("object"), "additionalProperties": schema(value, variables: variables),
      ])
    case .object(let fields): object(fields, variables: variables)
    case .either(let shapes):
      .object(["anyOf": .list(shapes.map { schema($0, variables: variables) })])
    case .named(let name): .object(["$ref": .text("#/definitions/\(name)")])
    }
  }

  private static let text: JSONText = .object([
    "type": .list([.text("string"), .text("number"), .text("boolean")])
  ])

  private static func either(_ schemas: [JSONText], variables: Bool) -> JSONText {
    let all = schemas + (variables ? [variable] : [])
    return all.count == 1 ? all[0] : .object(["anyOf": .list(all)])
  }

  private static func integer(_ range: ClosedRange<Int>) -> JSONText {
    var members = [JSONText.Member(key: "type", value: .text("integer"))]
    if range.lowerBound != Int.min {
      members.append(.init(key: "minimum", value: .integer(range.lowerBound)))
    }
    if range.upperBound != Int.max {
      members.append(.init(key: "maximum", value: .integer(range.upperBound)))
    }
    return .object(members)
  }

  /// `schema` with a description; draft-07 ignores what stands beside `$ref`, so that is wrapped.
  private static func described(_ schema: JSONText, _ summary: String) -> JSONText {
    guard case .object(var members) = schema else { return schema }
    let description = JSONText.Member(key: "description", value: .text(summary))
    if members.first?.key == "$ref" {
      return .object([description, .init(key: "allOf", value: .list([schema]))])
    }
    members.insert(description, at: 0)
    return .object(members)
  }
}
