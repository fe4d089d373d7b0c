internal import HardenCore
internal import HardenModel

/// One entry of `include:`.
struct IncludeEntry: FieldValue {
  /// The file, or `lib:NAME`.
  var from: String
  /// The profile of the included file to select, and where it is named.
  var profile: (name: String, at: SourceRange?)?
  /// Values for variables of the included file.
  var vars: [Node.Entry]
  /// Controls to leave out, with their places.
  var except: [(id: String, at: SourceRange)]
  /// Where the entry stands.
  var at: SourceRange

  /// All entries of a playbook.
  enum List: PlaybookPart {
    static var shape: Shape { .list(IncludeEntry.shape) }
  }

  /// Values by name.
  private enum Values: PlaybookPart {
    static var shape: Shape { .mapping(Variable.Literal.shape) }
  }

  private enum Keys {
    static let from = Field<String>(
      "from", required: true, verbatim: true, "a file of this tree, or lib:NAME")
    static let profile = Field<Identifier>(
      "profile", verbatim: true, "the profile of that file to select")
    static let vars = Field<Unread<Values>>(
      "vars", "values for that file's variables")
    static let except = Field<OneOrMany<Identifier>>(
      "except", verbatim: true, "ids of controls to leave out")
  }

  static func read(_ node: Node, _ reading: inout Reading) -> IncludeEntry? {
    if let text = node.text {
      return IncludeEntry(from: text, profile: nil, vars: [], except: [], at: node.range)
    }
    var fields = Fields(node, of: "include", reading: reading)
    let from = fields.read(Keys.from)
    let profile = fields.read(Keys.profile)
    let vars = fields.read(Keys.vars)
    let except = fields.read(Keys.except)
    let profileRange = fields.node(Keys.profile)?.range
    let at = fields.node(Keys.from)?.range ?? node.range
    if let vars, vars.node.entries == nil {
      fields.reading.mismatch(vars.node, expected: "values by name")
    }
    reading = fields.finish()
    guard let from else { return nil }
    return IncludeEntry(
      from: from, profile: profile.map { ($0.text, profileRange) }, vars: vars?.node.entries ?? [],
      except: (except?.values ?? []).map { ($0.value.text, $0.range) }, at: at)
  }

  static var shape: Shape {
    .either([
      .text,
      .object([Keys.from.spec, Keys.profile.spec, Keys.vars.spec, Keys.except.spec]),
    ])
  }

  /// The file that is meant, seen from `place`; nil after a report.
  func place(from place: SourcePlace, library: String, _ reading: inout Reading) -> SourcePlace? {
    if from.hasPrefix("lib:") {
      if let found = SourcePlace(library: library, name: from.dropFirst(4)) { return found }
      reading.report(
        Diagnostic(
          .include, "'\(from)' names no playbook of the library", at: at,
          help: "write lib:NAME with letters, digits, - and _"))
      return nil
    }
    if let found = place.beside(from) { return found }
    reading.report(
      Diagnostic(
        .include, "'\(from)' is not a file below the playbook's folder", at: at,
        help: "name a file by its path from this one, inside the same tree, or lib:NAME"))
    return nil
  }
}
