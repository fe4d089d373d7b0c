internal import HardenCore
internal import HardenModel

/// One entry of `controls:` while it is read.
struct ControlEntry {
  /// All entries of a playbook.
  enum List: PlaybookPart {
    static var shape: Shape { .list(ControlEntry.shape) }
  }

  private enum Risk: String, Choice { case low, high }

  private enum Keys {
    static let id = Field<Identifier>(
      "id", required: true, verbatim: true, "its name in waivers, reports and --only")
    static let title = Field<String>(
      "title", "one sentence saying what holds")
    static let why = Field<String>(
      "why", "why anybody wants it")
    static let refs = Field<[String: OneOrMany<String>]>(
      "refs", verbatim: true, "clauses of standards that ask for it")
    static let severity = Field<HardenModel.Severity>(
      "severity", verbatim: true, "how bad its absence is; medium where nothing is said")
    static let tags = Field<[Identifier]>(
      "tags", verbatim: true, "labels for profiles and selection")
    static let when = Field<Condition>(
      "when", "when it applies")
    static let after = Field<[Identifier]>(
      "after", verbatim: true, "ids of controls that come first")
    static let risk = Field<Risk>(
      "risk", verbatim: true, "high asks for --confirm-within or --accept-risk")
    static let manual = Field<String>(
      "manual", "what a person must check; instead of ensure")
    static let ensure = Field<Unread<ResourceEntry.List>>(
      "ensure", verbatim: true, "the resources that make it hold")
  }

  static var shape: Shape {
    .object([
      Keys.id.spec, Keys.title.spec, Keys.why.spec, Keys.refs.spec, Keys.severity.spec,
      Keys.tags.spec, Keys.when.spec, Keys.after.spec, Keys.risk.spec, Fields.ifMissing.spec,
      Keys.manual.spec, Keys.ensure.spec,
    ])
  }

  /// The control.
  var control: Control
  /// The controls that come first, with the places that name them.
  var after: [(id: String, at: SourceRange)]

  /// Reads `node` for `playbook`; nil when it has no usable id.
  static func read(
    _ node: Node, playbook: String, catalog: Catalog, _ reading: inout Reading
  ) -> ControlEntry? {
    var fields = Fields(node, of: "control", reading: reading)
    let id = fields.read(Keys.id)
    let at = fields.node(Keys.id)?.range ?? node.range
    let owner = Owner(playbook: playbook, control: id?.text ?? "")
    let title = fields.read(Keys.title)
    let why = fields.read(Keys.why)
    let refs = fields.read(Keys.refs)
    let severity = fields.read(Keys.severity)
    let tags = fields.read(Keys.tags)
    let condition = fields.read(Keys.when)
    let after = fields.read(Keys.after)
    let risk = fields.read(Keys.risk)
    let manual = fields.read(Keys.manual)
    fields.reading.ifMissing = fields.read(Fields.ifMissing)
    let ensure = fields.read(Keys.ensure)
    let resources = ensure.map {
      ResourceEntry.read($0.node, owner: owner, catalog: catalog, &fields.reading)
    }
    if (manual != nil || fields.has(Keys.manual)) == fields.has(Keys.ensure) {
      fields.reading.report(
        Diagnostic(
          .missingKey,
          fields.has(Keys.ensure)
            ? "a control has 'ensure' or 'manual', not both"
            : "control needs 'ensure', or 'manual' for what only a person can check", at: at))
    }
    let places = fields.node(Keys.after)?.items ?? []
    reading = fields.finish()
    reading.ifMissing = nil
    guard let id else { return nil }
    let control = Control(
      id: id.text, playbook: playbook, title: title, why: why,
      refs: (refs ?? [:]).mapValues { $0.values.map(\.value) }, severity: severity ?? .medium,
      tags: (tags ?? []).map(\.text), condition: condition, after: (after ?? []).map(\.text),
      manual: manual, isRisky: risk == .high, resources: resources ?? [], at: at)
    return ControlEntry(
      control: control, after: zip(after ?? [], places).map { ($0.text, $1.range) })
  }
}

extension HardenModel.Severity: Choice {}
