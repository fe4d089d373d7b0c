internal import HardenCore
internal import HardenModel

/// What can only be checked when every file has been read: names that refer to controls.
struct ControlChecks {
  private let collected: PlaybookReader.Collected
  /// Whether every control that exists is known.
  private let isComplete: Bool
  private let today: String

  init(_ collected: PlaybookReader.Collected, isComplete: Bool, today: String) {
    self.collected = collected
    self.isComplete = isComplete
    self.today = today
  }

  /// The controls in order, each with only those in `after` that are selected too.
  func run(_ sources: SourceReader) -> [Control] {
    let selected = Set(collected.controls.map(\.control.id))
    for entry in collected.controls {
      for (id, at) in entry.after where collected.declared[id] == nil && isComplete {
        sources.report(.unknownControl(id, at: at, among: collected.declared.keys))
      }
    }
    for waiver in collected.waivers { check(waiver, sources) }
    if let cycle = cycle() { sources.report(cycle) }
    return collected.controls.map { entry in
      var control = entry.control
      control.after.removeAll { !selected.contains($0) }
      return control
    }
  }

  private func check(_ waiver: Waiver, _ sources: SourceReader) {
    if collected.declared[waiver.control] == nil, isComplete {
      let nearest = Spelling.nearest(to: waiver.control, among: collected.declared.keys.sorted())
      sources.report(
        Diagnostic(
          .waiverUnknown, "the waiver names no control: '\(waiver.control)'", at: waiver.at,
          help: nearest.map { "did you mean '\($0)'?" } ?? "delete it"))
    }
    if !waiver.isActive(on: today) {
      sources.report(
        Diagnostic(
          .waiverExpired, "the waiver of '\(waiver.control)' ended on \(waiver.until)",
          at: waiver.at, help: "renew it with \(waiver.owner), or delete it"))
    }
  }

  /// Controls that wait for each other: what is left when all that can go first has gone.
  private func cycle() -> Diagnostic? {
    var waiting: [String: [(id: String, at: SourceRange)]] = [:]
    for entry in collected.controls { waiting[entry.control.id] = entry.after }
    var left = Set(waiting.keys)
    var isShrinking = true
    while isShrinking {
      let free = left.filter { id in
        !(waiting[id] ?? []).contains { left.contains($0.id) }
      }
      left.subtract(free)
      isShrinking = !free.isEmpty
    }
    // Following any edge among what is left comes back to where it has been.
    guard var id = left.min() else { return nil }
    var way: [String] = []
    var places: [SourceRange] = []
    while !way.contains(id) {
      way.append(id)
      guard let next = waiting[id]?.first(where: { left.contains($0.id) }) else { return nil }
      places.append(next.at)
      id = next.id
    }
    let start = way.firstIndex(of: id) ?? 0
    let circle = (way[start...] + [id]).joined(separator: " → ")
    return Diagnostic(
      .cycle, "controls wait for each other: \(circle)", at: places[start],
      help: "delete one 'after'")
  }
}

extension Diagnostic {
  /// That there is no control called `id` among `names`.
  static func unknownControl(
    _ id: String, at range: SourceRange, among names: some Sequence<String>
  ) -> Diagnostic {
    Diagnostic(
      .unknownControl, "there is no control '\(id)'", at: range,
      help: Spelling.nearest(to: id, among: names.sorted()).map { "did you mean '\($0)'?" })
  }
}
