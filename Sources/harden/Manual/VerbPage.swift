internal import HardenViews

/// The page of one verb, or of harden itself, in section 8 of the manual.
struct VerbPage {
  let declaration: Declaration
  /// The verb; nil for harden itself.
  let verb: String?

  /// The name under which `man` finds it.
  var name: String { verb.map { "harden-\($0)" } ?? "harden" }

  /// The page's text.
  var text: String {
    let abstract = declaration.abstract ?? ""
    var page = RoffPage(
      name, section: 8, version: Harden.version, summary: Self.summary(abstract))
    page.section("SYNOPSIS")
    page.paragraphs(synopsis)
    let discussion = Discussion(declaration.discussion ?? "")
    page.section("DESCRIPTION")
    page.paragraphs(abstract)
    page.paragraphs(discussion.prose)
    describeVerbs(&page)
    describeArguments(&page)
    for part in discussion.parts {
      page.section(part.title)
      page.example(part.lines)
    }
    if verb == nil { Self.describePlaces(&page) }
    page.section("SEE ALSO")
    page.paragraphs(
      verb == nil
        ? "`harden-playbook`(5), and the page of each verb" : "`harden`(8), `harden-playbook`(5)")
    return page.text
  }

  /// A sentence as the manual's index wants it: no capital at its start, no full stop at its end.
  private static func summary(_ sentence: String) -> String {
    let body = sentence.hasSuffix(".") ? sentence.dropLast() : sentence[...]
    return body.prefix(1).lowercased() + body.dropFirst()
  }

  private var synopsis: String {
    guard let verb else { return "`harden` VERB [ARGUMENT …]" }
    let shown = (declaration.arguments ?? []).filter(\.shouldDisplay)
    let words = shown.filter { $0.kind == .positional }.map { argument in
      let name = (argument.valueName ?? "").uppercased() + (argument.isRepeating ? " …" : "")
      return argument.isOptional ? "[\(name)]" : name
    }
    return (["`harden \(verb)`", "[OPTION …]"] + words).joined(separator: " ")
  }

  private func describeVerbs(_ page: inout RoffPage) {
    guard !declaration.verbs.isEmpty else { return }
    page.section("VERBS")
    for verb in declaration.verbs {
      page.entry("harden-\(verb.commandName)(8)", verb.abstract ?? "")
    }
  }

  private func describeArguments(_ page: inout RoffPage) {
    let shown = (declaration.arguments ?? []).filter(\.shouldDisplay)
    guard !shown.isEmpty else { return }
    page.section("OPTIONS")
    var titles: [String?] = []
    for argument in shown where !titles.contains(argument.sectionTitle) {
      titles.append(argument.sectionTitle)
    }
    for title in titles {
      if let title { page.part(title) }
      for argument in shown where argument.sectionTitle == title {
        page.entry(Self.term(argument), Self.about(argument))
      }
    }
  }

  private static func term(_ argument: Declaration.Argument) -> String {
    let value = argument.valueName ?? ""
    let names = (argument.names ?? []).map(\.typed).joined(separator: ", ")
    switch argument.kind {
    case .positional: return value.uppercased()
    case .option: return "\(names) \(value.uppercased())"
    case .flag: return names
    }
  }

  private static func about(_ argument: Declaration.Argument) -> String {
    var notes: [String] = []
    if let values = argument.allValues, !values.isEmpty {
      notes.append(values.map { "`\($0)`" }.joined(separator: ", "))
    }
    if argument.kind == .option, let standard = argument.defaultValue, !standard.isEmpty {
      notes.append("`\(standard)` unless given")
    }
    let text = argument.abstract ?? ""
    return notes.isEmpty ? text : "\(text) (\(notes.joined(separator: "; ")))"
  }

  private static func describePlaces(_ page: inout RoffPage) {
    page.section("FILES")
    page.entry("/var/lib/harden", "Every run with its journal, and what stood there before.")
    page.entry("/usr/share/harden/playbooks", "The playbooks behind lib: in include.")
    page.entry("/usr/share/harden/schema/playbook-1.json", "The JSON schema, for editors.")
    page.entry(
      "/var/lib/prometheus/node-exporter/harden.prom",
      "What harden-drift.timer found last, for the node exporter.")
  }
}
