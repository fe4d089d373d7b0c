internal import HardenCore
internal import HardenModel
internal import HardenSystem

/// What `${name}` and `${fact.name}` stand for within one file.
struct Scope {
  /// The values of variables, already of their types.
  var values: [String: Node.Content] = [:]
  /// Variables that are declared and could not get a value, which has been reported.
  var broken: Set<String> = []
  /// What facts are read from.
  let surroundings: any Surroundings

  /// `node` with every variable and fact replaced, in lists and mappings too; nil after a report.
  func expand(_ node: Node, _ found: inout [Diagnostic]) -> Node? {
    guard Self.isMentioned(in: node) else { return node }
    switch node.content {
    case .scalar(let text, let quoted):
      guard let content = expand(text, quoted: quoted, at: node.range, &found) else { return nil }
      return Node(content, at: node.range)
    case .sequence(let items):
      let expanded = items.map { expand($0, &found) }
      guard !expanded.contains(nil) else { return nil }
      return Node(.sequence(expanded.compactMap { $0 }), at: node.range)
    case .mapping(let entries):
      var expanded: [Node.Entry] = []
      for var entry in entries {
        guard let value = expand(entry.value, &found) else { continue }
        entry.value = value
        expanded.append(entry)
      }
      return expanded.count == entries.count ? Node(.mapping(expanded), at: node.range) : nil
    }
  }

  /// Whether anything may have to be replaced in `node`; most often nothing has.
  private static func isMentioned(in node: Node) -> Bool {
    switch node.content {
    case .scalar(let text, _): text.utf8.contains(UInt8(ascii: "$"))
    case .sequence(let items): items.contains { isMentioned(in: $0) }
    case .mapping(let entries): entries.contains { isMentioned(in: $0.value) }
    }
  }

  private func expand(
    _ text: String, quoted: Bool, at range: SourceRange, _ found: inout [Diagnostic]
  ) -> Node.Content? {
    guard let substitution = Substitution(text) else {
      found.append(
        Diagnostic(
          .wrongValue, "'${' is not closed", at: range,
          help: "close it with }, or write $${ where the text itself is meant"))
      return nil
    }
    // A variable alone keeps its type; inside other text it becomes text.
    if case .name(let name) = substitution.parts.first, substitution.parts.count == 1 {
      return value(name, at: range, &found)
    }
    var result = ""
    for part in substitution.parts {
      switch part {
      case .text(let text): result += text
      case .name(let name):
        guard let content = value(name, at: range, &found) else { return nil }
        guard case .scalar(let text, _) = content else {
          found.append(
            Diagnostic(
              .wrongType, "'\(name)' is a list and cannot be part of a text", at: range,
              help: "use \"${\(name)}\" alone where a list belongs"))
          return nil
        }
        result += text
      }
    }
    return .scalar(result, quoted: quoted)
  }

  private func value(_ name: String, at range: SourceRange, _ found: inout [Diagnostic])
    -> Node.Content?
  {
    if name.hasPrefix("fact.") { return fact(String(name.dropFirst(5)), at: range, &found) }
    if let value = values[name] { return value }
    guard !broken.contains(name) else { return nil }
    let names = values.keys.sorted()
    found.append(
      Diagnostic(
        .unknownVariable, "there is no variable '\(name)'", at: range,
        help: Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
          ?? "declare it in vars: of this file, before its first use"))
    return nil
  }

  private func fact(_ name: String, at range: SourceRange, _ found: inout [Diagnostic])
    -> Node.Content?
  {
    guard let fact = Fact(rawValue: name) else {
      found.append(.unknownFact(name, at: range))
      return nil
    }
    switch surroundings.fact(fact) {
    case .known(let value): return .scalar(value, quoted: false)
    case .unmeasured(let why):
      found.append(
        Diagnostic(.unknownFact, "the fact '\(name)' cannot be read here: \(why)", at: range))
      return nil
    }
  }
}
