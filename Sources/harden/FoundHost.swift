internal import HardenCore
internal import HardenEngine
internal import HardenModel
internal import HardenPlaybook
internal import HardenResources
internal import HardenSystem

/// From patterns to a playbook whose plan is empty on the host that it was read from.
///
/// What a kind finds is a guess until the text is loaded and planned as any other: whatever would
/// not hold becomes a comment with the reason.
struct FoundHost {
  /// `KIND:PATTERN` of the command line.
  struct Subject {
    var kind: any FindableKind.Type
    var pattern: String

    /// Reads `word`.
    init(_ word: String) throws {
      guard let colon = word.firstIndex(of: ":"), word.index(after: colon) != word.endIndex else {
        throw CommandFailure(
          .usage, "'\(word)' is not of the form KIND:PATTERN", help: "for example sysctl:kernel.*")
      }
      let name = String(word[..<colon])
      guard let kind = catalog.kind(name) as? any FindableKind.Type else {
        let names = catalog.findable.map { $0.manual.kind }
        let nearest = Spelling.nearest(to: name, among: names)
        throw CommandFailure(
          .usage,
          catalog.kind(name) == nil
            ? "there is no kind '\(name)'" : "the kind \(name) cannot be read from a host",
          help: nearest.map { "did you mean '\($0)'?" }
            ?? "these can: \(names.joined(separator: ", "))")
      }
      self.kind = kind
      pattern = String(word[word.index(after: colon)...])
      if let why = kind.mistake(in: pattern) {
        throw CommandFailure(.usage, "'\(word)' can match nothing", help: why)
      }
    }
  }

  /// The kinds that can be read, for help.
  static var kinds: String { catalog.findable.map { $0.manual.kind }.joined(separator: ", ") }

  private var playbook: FoundPlaybook
  private static let file = "playbook.yaml"
  private static let mostRounds = 8

  /// What `host` has of `subjects`, proved with what `history` knows.
  init(_ subjects: [Subject], on host: borrowing Host, history: History) throws {
    let host = try host.snapshot()
    var name = ""
    if case .known(let known) = host.fact(.hostname) { name = known }
    playbook = FoundPlaybook(host: name, tool: Harden.version)
    var idle: [String] = []
    for subject in subjects {
      let findings = try subject.kind.found(on: host, matching: subject.pattern)
      if findings.isEmpty { idle.append("\(subject.kind.manual.kind):\(subject.pattern)") }
      playbook.add(findings, of: subject.kind, matching: subject.pattern)
    }
    guard idle.isEmpty else {
      throw CommandFailure(
        .refused,
        "\(idle.joined(separator: " and ")) \(idle.count == 1 ? "matches" : "match") nothing here")
    }
    for _ in 0..<Self.mostRounds {
      guard !playbook.controls.isEmpty else {
        throw CommandFailure(
          .refused, "nothing of it can be asked for", help: obstacles.joined(separator: "\n"))
      }
      if try isProved(on: host, history) { return }
    }
    throw CommandFailure(.failed, "the host does not stand still: its plan never came out empty")
  }

  /// The playbook.
  var text: String { playbook.text.text }

  /// How many resources are asked for, and how many are comments.
  var counts: (written: Int, left: Int) {
    let written = playbook.sections.reduce(0) { $0 + $1.written.count }
    return (written, playbook.sections.reduce(0) { $0 + $1.resources.count } - written)
  }

  private var obstacles: [String] {
    let all = playbook.sections.flatMap { section in
      section.resources.compactMap { found in found.obstacle.map { "\(found.name): \($0)" } }
        + section.remarks
    }
    return Array(all.prefix(5))
  }

  // MARK: Proving

  /// Whether the text as it is now has an empty plan; what stands in the way has become a comment
  /// where it has not.
  private mutating func isProved(on host: borrowing Host, _ history: History) throws -> Bool {
    let (text, places) = playbook.text
    var request = LoadRequest(paths: [Self.file], version: Harden.version)
    request.texts = [Self.file: Array(text.utf8)]
    let loaded = PlaybookLoader(catalog: catalog).load(request, on: host)
    guard let baseline = loaded.baseline else {
      let known = loaded.diagnostics.filter { places[$0.range?.line ?? 0] != nil }
      guard !known.isEmpty else {
        throw PlaybookMistakes(diagnostics: loaded.diagnostics, texts: loaded.texts)
      }
      for mistake in known {
        if let place = places[mistake.range?.line ?? 0] {
          playbook.set(place, obstacle: mistake.message)
        }
      }
      return false
    }
    guard try !hasObstacles(baseline, on: host) else { return false }
    return try isEmpty(baseline, on: host, history)
  }

  /// Whether any resource alone does not hold.
  private mutating func hasObstacles(_ baseline: Baseline, on host: borrowing Host) throws -> Bool {
    var isAny = false
    for (section, control) in zip(playbook.controls, baseline.controls) {
      for (index, resource) in zip(playbook.sections[section].written, control.resources) {
        let observation = try resource.desired.observe(host, for: resource.owner)
        guard !observation.holds else { continue }
        isAny = true
        playbook.set(
          FoundPlaybook.Place(section: section, resource: index), obstacle: observation.obstacle)
      }
    }
    return isAny
  }

  /// Whether the plan of all of them together is empty.
  private mutating func isEmpty(_ baseline: Baseline, on host: borrowing Host, _ history: History)
    throws -> Bool
  {
    switch try Planning.planner.plan(baseline, for: .showing, on: host, history: history) {
    case .mistakes(let found):
      throw PlaybookMistakes(diagnostics: found, texts: [Self.file: text])
    case .plan(let plan):
      let isEmpty = plan.steps.isEmpty && plan.changes.isEmpty
      if isEmpty, plan.controls.allSatisfy({ $0.verdict == .holds }) { return true }
      for (section, control) in zip(playbook.controls, baseline.controls) {
        for (index, resource) in zip(playbook.sections[section].written, control.resources) {
          guard let change = plan.changes.first(where: { $0.address == resource.address }) else {
            continue
          }
          playbook.set(
            FoundPlaybook.Place(section: section, resource: index),
            obstacle: "beside the others " + (change.refusal ?? change.planes.obstacle))
        }
      }
      return false
    }
  }
}

extension Observation {
  /// Why it does not hold, in one sentence.
  fileprivate var obstacle: String {
    switch standing {
    case .notApplicable(let why), .unmeasured(let why), .refused(let why): return why
    case .unmet: return "it is not as it would be asked for"
    case .measured: return planes.obstacle
    }
  }
}

extension [PlaneState] {
  /// What does not hold, in one sentence.
  fileprivate var obstacle: String {
    let planes = filter { !$0.holds }.map { plane in
      let place = plane.observedAt.map { " (\($0))" } ?? ""
      return "\(plane.plane.rawValue) is \(plane.observed ?? "nothing")\(place) and would be "
        + (plane.wanted ?? "nothing")
    }
    return planes.joined(separator: "; ")
  }
}
