package import HardenCore
internal import HardenModel

/// The top-level keys of a playbook.
package enum PlaybookKeys {
  static let format = Field<Int>(
    "harden", required: true, verbatim: true, "the version of this format: 1")
  static let requires = Field<Requirements>(
    "requires", verbatim: true, "what must be true for the playbook to be read at all")
  static let name = Field<Identifier>(
    "name", verbatim: true, "owns what the playbook sets; included files need none")
  static let title = Field<String>(
    "title", verbatim: true, "one line on what it is for")
  static let include = Field<Unread<IncludeEntry.List>>(
    "include", verbatim: true, "other playbooks whose controls come first")
  static let profiles = Field<[String: Profile]>(
    "profiles", verbatim: true, "named selections of controls by tags")
  static let vars = Field<Unread<Variable.Block>>(
    "vars", verbatim: true, "variables, used as ${name}")
  static let controls = Field<Unread<ControlEntry.List>>(
    "controls", verbatim: true, "what must hold")
  static let canary = Field<[CanaryEntry]>(
    "canary", verbatim: true, "probes that run after an apply, before it counts as good")
  static let waivers = Field<[WaiverEntry]>(
    "waivers", verbatim: true, "accepted exceptions")

  /// All of them, for the schema and the manual.
  package static var all: [FieldSpec] {
    [
      format.spec, requires.spec, name.spec, title.spec, include.spec, profiles.spec, vars.spec,
      controls.spec, canary.spec, waivers.spec,
    ]
  }
}

/// `requires:`.
struct Requirements: FieldValue {
  /// Which versions of harden can read the playbook.
  var harden: VersionText?
  /// Where that is said.
  var at: SourceRange

  private static let harden = Field<VersionText>(
    "harden", verbatim: true, "the version of harden, for example \">=0.1\"")

  static func read(_ node: Node, _ reading: inout Reading) -> Requirements? {
    var fields = Fields(node, of: "requires", reading: reading)
    let harden = fields.read(harden)
    let at = fields.node(Self.harden)?.range ?? node.range
    reading = fields.finish()
    return Requirements(harden: harden, at: at)
  }

  static var shape: Shape { .object([harden.spec]) }
}

/// One profile: the tags that select controls.
struct Profile: FieldValue {
  /// A control with any of these belongs to it.
  var tags: [Identifier]

  private static let tags = Field<[Identifier]>(
    "tags", required: true, verbatim: true, "a control with any of these belongs to it")

  static func read(_ node: Node, _ reading: inout Reading) -> Profile? {
    var fields = Fields(node, of: "profile", reading: reading)
    let tags = fields.read(tags)
    reading = fields.finish()
    return tags.map(Profile.init)
  }

  static var shape: Shape { .object([tags.spec]) }
}
