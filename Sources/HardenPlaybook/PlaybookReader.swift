internal import HardenCore
internal import HardenModel

/// Reads playbooks and what they include into one list of controls.
struct PlaybookReader {
  /// What was found in all files.
  struct Collected {
    /// Controls that were selected, in order.
    var controls: [ControlEntry] = []
    /// The place of every control's id, selected or not.
    var declared: [String: SourceRange] = [:]
    /// Every waiver.
    var waivers: [Waiver] = []
    /// Every probe of a canary.
    var canary: [CanaryEntry] = []
  }

  /// How a file was come to.
  struct Path {
    /// The file.
    var place: SourcePlace
    /// Where an include names it; nil for what the user named.
    var asked: SourceRange?
    /// The name that owns what its controls set; nil at the top.
    var playbook: String?
    /// The tags of the profile that is in force; nil selects all.
    var tags: Set<String>?
    /// The profile that was asked of this very file, and where.
    var profile: (name: String, at: SourceRange?)?
    /// Values of its variables from the including file.
    var bound: [Node.Entry] = []
    /// The files that include each other down to this one.
    var above: [SourcePlace] = []
  }

  let catalog: Catalog
  let request: LoadRequest
  let surroundings: any Surroundings
  let sources: SourceReader
  private(set) var collected = Collected()

  init(
    catalog: Catalog, request: LoadRequest, surroundings: any Surroundings, sources: SourceReader
  ) {
    self.catalog = catalog
    self.request = request
    self.surroundings = surroundings
    self.sources = sources
  }

  /// Reads the playbook that the user named `path`; its own name, nil when it has none.
  mutating func read(top path: String, given: inout GivenVariables) -> String? {
    var top = Path(place: SourcePlace(named: path))
    top.profile = request.profile.map { ($0, nil) }
    return read(top, given: &given)
  }

  /// Reads a file of waivers.
  mutating func readWaivers(at path: String) {
    guard let root = sources.document(at: SourcePlace(named: path)) else { return }
    var reading = Reading()
    collected.waivers += WaiverEntry.File.read(root, &reading)
    reading.diagnostics.forEach(sources.report)
  }

  /// Reads a file of probes.
  mutating func readCanary(at path: String) {
    guard let root = sources.document(at: SourcePlace(named: path)) else { return }
    var reading = Reading()
    add(CanaryEntry.File.read(root, &reading), &reading)
    reading.diagnostics.forEach(sources.report)
  }

  private mutating func add(_ canary: [CanaryEntry], _ reading: inout Reading) {
    for entry in canary {
      if let first = collected.canary.first(where: { $0.canary.id == entry.canary.id }) {
        reading.report(
          Diagnostic(
            .duplicateKey, "the probe '\(entry.canary.id)' is there twice", at: entry.at,
            help: "give one of them another id",
            notes: [Diagnostic.Note("it stands first here", at: first.at)]))
      } else {
        collected.canary.append(entry)
      }
    }
  }

  /// Reads one file and, before its own controls, those it includes.
  private mutating func read(_ path: Path, given: inout GivenVariables) -> String? {
    guard let root = sources.document(at: path.place, asked: path.asked) else { return nil }
    var fields = Fields(root, of: "the playbook", reading: Reading())
    if let unmet = PlaybookHeader.unmet(&fields, version: sources.version) {
      sources.reportOnly(unmet, about: path.place.name)
      return nil
    }
    let name = fields.read(PlaybookKeys.name)?.text
    if path.playbook == nil, !fields.has(PlaybookKeys.name) {
      fields.reading.report(
        Diagnostic(
          .missingKey, "the playbook needs 'name'", at: root.range,
          help: "the name owns what the playbook sets"))
    }
    _ = fields.read(PlaybookKeys.title)
    var scope = ScopeBuilder(surroundings)
    if let vars = fields.read(PlaybookKeys.vars) {
      scope.declare(
        vars.node, bound: path.bound, given: &given, isChecking: surroundings is NoSurroundings)
    }
    scope.diagnostics.forEach { fields.reading.report($0) }
    reportUnknownBound(path, scope.scope, &fields.reading)

    var inner = path
    inner.playbook = path.playbook ?? name ?? ""
    inner.above.append(path.place)
    let profiles = fields.read(PlaybookKeys.profiles) ?? [:]
    inner.tags = selected(path, profiles, &fields.reading)
    fields.reading.expand = scope.scope.expand
    fields.reading.source = { [place = path.place, sources] relative, node, found in
      Self.content(relative, node, beside: place, sources, &found)
    }
    let includes = fields.read(PlaybookKeys.include)?.node
    let controls = fields.read(PlaybookKeys.controls)?.node
    let waivers = fields.read(PlaybookKeys.waivers)
    let canary = fields.read(PlaybookKeys.canary)
    if let includes { include(includes, inner, &fields.reading, given: &given) }
    if let controls { read(controls, inner, &fields.reading) }
    add(canary ?? [], &fields.reading)
    collected.waivers += (waivers ?? []).map(\.waiver)
    fields.finish().diagnostics.forEach(sources.report)
    return name
  }

  private mutating func read(_ node: Node, _ path: Path, _ reading: inout Reading) {
    guard let items = node.items else {
      reading.mismatch(node, expected: "a list of controls")
      return
    }
    for item in items {
      let entry = ControlEntry.read(
        item, playbook: path.playbook ?? "", catalog: catalog, &reading)
      guard let entry else { continue }
      let control = entry.control
      if let first = collected.declared[control.id] {
        reading.report(
          Diagnostic(
            .duplicateControl, "the control '\(control.id)' is there twice", at: control.at,
            help: "give one of them another id",
            notes: [Diagnostic.Note("it stands first here", at: first)]))
        continue
      }
      collected.declared[control.id] = control.at
      if path.tags.map({ !$0.isDisjoint(with: control.tags) }) ?? true {
        collected.controls.append(entry)
      }
    }
  }
}

extension PlaybookReader {
  private mutating func include(
    _ node: Node, _ path: Path, _ reading: inout Reading, given: inout GivenVariables
  ) {
    guard let items = node.items else {
      reading.mismatch(node, expected: "a list of files")
      return
    }
    for item in items {
      guard let entry = IncludeEntry.read(item, &reading),
        let place = entry.place(from: path.place, library: request.library, &reading)
      else { continue }
      if path.above.contains(where: { $0.name == place.name }) {
        let way = (path.above + [place]).map(\.name).joined(separator: " → ")
        reading.report(
          Diagnostic(.include, "'\(entry.from)' includes itself", at: entry.at, help: way))
        continue
      }
      var next = path
      next.place = place
      next.asked = entry.at
      next.bound = entry.vars
      next.profile = entry.profile
      let declared = Set(collected.declared.keys)
      _ = read(next, given: &given)
      drop(entry.except, unless: declared, &reading)
    }
  }

  /// Leaves out the controls that `except` names among those that were not `before` it.
  private mutating func drop(
    _ except: [(id: String, at: SourceRange)], unless before: Set<String>,
    _ reading: inout Reading
  ) {
    let included = Set(collected.declared.keys).subtracting(before)
    for (id, at) in except {
      if included.contains(id) {
        collected.controls.removeAll { $0.control.id == id }
      } else if sources.isComplete {
        reading.report(.unknownControl(id, at: at, among: included))
      }
    }
  }

  /// The tags in force: those of the profile asked for, else those of the including file.
  private func selected(
    _ path: Path, _ profiles: [String: Profile], _ reading: inout Reading
  ) -> Set<String>? {
    guard let (name, at) = path.profile else { return path.tags }
    if let profile = profiles[name] { return Set(profile.tags.map(\.text)) }
    let names = profiles.keys.sorted()
    reading.report(
      Diagnostic(
        .unknownProfile, "\(path.place.name) has no profile '\(name)'", at: at ?? path.place.start,
        help: names.isEmpty
          ? "it has no profiles"
          : Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
            ?? "it has \(names.joined(separator: ", "))"))
    return path.tags
  }

  private func reportUnknownBound(_ path: Path, _ scope: Scope, _ reading: inout Reading) {
    let names = scope.broken.union(scope.values.keys)
    for entry in path.bound where !names.contains(entry.key) {
      reading.report(
        Diagnostic(
          .unknownVariable, "\(path.place.name) declares no variable '\(entry.key)'",
          at: entry.keyRange,
          help: Spelling.nearest(to: entry.key, among: names.sorted()).map {
            "did you mean '\($0)'?"
          }))
    }
  }

  private static func content(
    _ relative: String, _ node: Node, beside place: SourcePlace, _ sources: SourceReader,
    _ found: inout [Diagnostic]
  ) -> [UInt8]? {
    guard let file = place.beside(relative) else {
      found.append(
        Diagnostic(
          .unreadable, "'\(relative)' is not a file below the playbook's folder", at: node.range,
          help: "keep it beside the playbook and name it by its path from there"))
      return nil
    }
    return sources.content(at: file, asked: node.range, &found)
  }
}
