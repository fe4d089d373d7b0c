internal import HardenCore
internal import HardenModel
internal import HardenPlaybook
internal import HardenResources
internal import HardenViews

/// harden-playbook(5): everything that a playbook may say, from the fields that the reader reads.
struct PlaybookPage {
  /// The name under which `man` finds it.
  static let name = "harden-playbook"

  /// The page's text.
  static var text: String {
    var page = RoffPage(
      name, section: 5, version: Harden.version, summary: "what must hold on a host, for harden")
    page.section("DESCRIPTION")
    page.paragraphs(introduction)
    page.section("KEYS OF A PLAYBOOK")
    describe(PlaybookKeys.all, in: &page)
    page.section("CONDITIONS")
    page.paragraphs("What `when` of a control may say; everything in one mapping has to be so.")
    describe(Condition.fields, in: &page)
    page.section("KINDS OF RESOURCES")
    page.paragraphs(
      "Each entry of `ensure` is one kind with its fields. Every kind takes what its control says.")
    for kind in catalog.kinds { describe(kind.manual, in: &page) }
    page.section("SEE ALSO")
    page.paragraphs("`harden`(8), `harden-check`(8), `harden-explain`(8), `harden-schema`(8)")
    return page.text
  }

  private static let introduction = """
    A playbook says what must hold, never how. It is one YAML document in UTF-8, named `*.yaml`,
    without anchors, aliases, merge keys and tags; a key that is not known, or stands there twice, is
    a mistake. Text stays text until the field that reads it says otherwise: a mode is written in
    quotes, `"0644"`, and only `true` and `false` are booleans. `harden check` names all mistakes of
    all files at once.

    There is no template language. `${name}` is a variable, `${fact.name}` something that is known of
    the host, `$${` the text itself. There is no shell: a command is a list of its arguments.

      harden: 1
      name: network
      controls:
        - id: no-redirects
          title: Nobody else decides where packets go
          ensure:
            - sysctl: {key: net.ipv4.conf.all.send_redirects, value: 0}
    """

  private static func describe(_ manual: Manual, in page: inout RoffPage) {
    page.part(manual.kind)
    page.paragraphs(manual.summary)
    describe(manual.fields, in: &page)
    page.paragraphs("\n\(manual.details)\n\nPlanes: \(manual.planes)\n\nUndo: \(manual.undo)")
    page.example("ensure:\n" + manual.entry(indent: "  "))
  }

  private static func describe(_ fields: [FieldSpec], in page: inout RoffPage) {
    for field in fields {
      let need = field.isRequired ? ", required" : ""
      page.entry(field.name, "\(field.summary) (\(field.shape.words)\(need))")
      let inner = inner(field.shape)
      if !inner.isEmpty { page.nested { describe(inner, in: &$0) } }
    }
  }

  /// The keys of the mappings that values of `shape` are made of.
  private static func inner(_ shape: Shape) -> [FieldSpec] {
    switch shape {
    case .object(let fields): fields
    case .list(let shape), .mapping(let shape): inner(shape)
    case .either(let shapes): shapes.map(inner).first { !$0.isEmpty } ?? []
    case .text, .pattern, .boolean, .integer, .choice, .named: []
    }
  }
}
