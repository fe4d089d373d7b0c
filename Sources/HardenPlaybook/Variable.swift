internal import HardenCore
internal import HardenModel

/// The declaration of one variable.
struct Variable: FieldValue {
  /// What its values are.
  var type: VariableType
  /// Its value where nothing else gives one.
  var usual: Node?
  /// Values for hosts on which a condition holds; the first that holds counts.
  var cases: [Case]

  /// One entry of `cases:`.
  struct Case: FieldValue {
    var condition: Condition
    var value: Node

    private static let condition = Field<Condition>(
      "when", required: true, "the condition")
    private static let value = Field<Unread<Literal>>(
      "value", required: true, "the value where it holds")

    static func read(_ node: Node, _ reading: inout Reading) -> Case? {
      var fields = Fields(node, of: "case", reading: reading)
      let condition = fields.read(condition)
      let value = fields.read(value)
      reading = fields.finish()
      guard let condition, let value else { return nil }
      return Case(condition: condition, value: value.node)
    }

    static var shape: Shape { .object([condition.spec, value.spec]) }
  }

  /// A value of any type that variables have.
  enum Literal: PlaybookPart {
    static var shape: Shape { .either([.text, .list(.text)]) }
  }

  /// All declarations of a playbook.
  enum Block: PlaybookPart {
    static var shape: Shape { .mapping(Variable.shape) }
  }

  private enum Keys {
    static let type = Field<VariableType.Name>(
      "type", required: true, verbatim: true, "what its values are")
    static let options = Field<[String]>(
      "options", verbatim: true, "the words of a choice")
    static let usual = Field<Unread<Literal>>(
      "default", "its value where nothing else gives one")
    static let cases = Field<[Case]>(
      "cases", verbatim: true, "values by condition; the first that holds counts")
    static let title = Field<String>(
      "title", verbatim: true, "what it is for")
  }

  static func read(_ node: Node, _ reading: inout Reading) -> Variable? {
    var fields = Fields(node, of: "variable", reading: reading)
    let name = fields.read(Keys.type)
    let options = fields.read(Keys.options)
    let usual = fields.read(Keys.usual)
    let cases = fields.read(Keys.cases)
    _ = fields.read(Keys.title)
    if name == .choice, options?.isEmpty != false, !fields.has(Keys.options) || options != nil {
      fields.reading.report(
        Diagnostic(
          .missingKey, "a choice needs 'options'", at: node.range,
          help: "list its words: options: [one, another]"))
    }
    if let name, name != .choice, let extra = fields.node(Keys.options) {
      fields.reading.report(
        Diagnostic(.wrongValue, "only a choice has 'options'", at: extra.range))
    }
    // A default that was wrong is no missing default.
    let isWhole =
      fields.has(Keys.usual) == (usual != nil) && fields.has(Keys.cases) == (cases != nil)
    reading = fields.finish()
    guard let name, isWhole else { return nil }
    return Variable(
      type: VariableType(name: name, options: options ?? []), usual: usual?.node,
      cases: cases ?? [])
  }

  static var shape: Shape {
    .object([
      Keys.type.spec, Keys.options.spec, Keys.usual.spec, Keys.cases.spec, Keys.title.spec,
    ])
  }
}
