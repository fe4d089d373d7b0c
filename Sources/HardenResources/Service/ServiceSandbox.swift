internal import HardenModel
internal import HardenSystem

/// What the files of a unit say of the directives that a playbook wants, and the edits of our drop-in.
struct ServiceSandbox {
  /// What is in effect and is not as wanted, or all of it, and what is wanted instead.
  private(set) var plane: PlaneState
  /// What makes it so.
  private(set) var steps: [Step] = []
  /// Why it cannot be made so.
  private(set) var refusal: String?
  /// Our drop-in.
  let path: String

  /// Compares the directives of `service` with everything that its files assign.
  init(_ service: Service, _ file: UnitFile, _ host: borrowing Host) throws(SystemError) {
    path = "\(UnitFile.folder)/\(service.unit).d/50-harden.conf"
    let lines = try file.assignments("Service", all: true, host)
    let own = KeyedLines(try host.contents(path) ?? [], .ini)
    var observed: [String] = []
    var edits: [UnitEdit] = []
    var place: Place?
    for (name, wanted) in service.sandbox.sorted(by: { $0.key < $1.key }) {
      let found = Effect(lines.filter { $0.key == name }, Sandbox.form(name) ?? .word([]))
      observed.append(found.text.map { "\(name)=\($0)" } ?? "\(name) not set")
      guard !found.isSame(as: wanted) else { continue }
      place = place ?? found.place
      refusal = refusal ?? found.obstacle(to: path).map { "\($0) for \(name)" }
      let unit = "Service/\(name)"
      edits.append(
        UnitEdit(service.address, unit: unit, before: own.text(of: unit), after: wanted))
    }
    let wanted = service.sandbox.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    plane = PlaneState(
      .file, observed: observed.joined(separator: ", "),
      wanted: wanted.joined(separator: ", "), holds: edits.isEmpty, observedAt: place,
      wantedAt: edits.isEmpty ? nil : Place(path))
    guard !edits.isEmpty else { return }
    for folder in [UnitFile.folder, "\(UnitFile.folder)/\(service.unit).d"]
    where try host.inode(folder) == nil {
      steps.append(.writeFile(UnitEnablement.directory(folder)))
    }
    steps.append(
      .editFile(
        EditFile(
          path: path, format: .ini, edits: edits,
          creation: .ofRoot(Mode(0o644)))))
  }
}

/// What all assignments of one directive come to.
private struct Effect {
  /// The value that counts; nil where nothing is assigned.
  private(set) var text: String?
  /// The assignments that it comes from.
  private var lines: [UnitAssignment]
  private let form: Sandbox.Form

  init(_ assignments: [UnitAssignment], _ form: Sandbox.Form) {
    self.form = form
    lines = assignments
    guard case .list = form else {
      lines = assignments.suffix(1)
      text = lines.first.map { Sandbox.normal($0.text) }
      return
    }
    if let reset = assignments.lastIndex(where: { $0.words.isEmpty }) {
      lines = Array(assignments[reset...])
    }
    if !lines.isEmpty { text = lines.flatMap(\.words).joined(separator: " ") }
  }

  var place: Place? { lines.last?.place }

  func isSame(as wanted: String) -> Bool {
    guard let text else { return false }
    guard case .list = form else { return Sandbox.normal(wanted) == text }
    // Where one assignment takes away from another, the words alone do not tell.
    let texts = lines.filter { !$0.words.isEmpty }
    let isPlain = texts.count < 2 || !text.contains("~")
    return isPlain
      && Set(text.words()) == Set(wanted.words())
  }

  /// What keeps an assignment in the file at `path` from being what counts.
  func obstacle(to path: String) -> String? {
    let name = { (path: String) in path.lastComponent }
    let others = lines.filter { $0.place.path != path && !$0.words.isEmpty }
    guard case .list = form else {
      let later = others.first {
        $0.place.path.hasSuffix(".conf") && name(path) <= name($0.place.path)
      }
      return later.map { "\($0.place) counts" }
    }
    return others.first.map { "\($0.place) adds \($0.text)" }
  }
}
