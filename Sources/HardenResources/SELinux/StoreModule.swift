internal import HardenModel
internal import HardenSystem

/// The module of semanage's store that makes a domain permissive, as `semanage permissive` makes it.
struct StoreModule {
  let name: String
  private let modules: String
  private let text: String

  init(domain: String, store: String) {
    name = "permissive_\(domain)"
    modules = "\(store)/modules"
    text = "(typepermissive \(domain))"
  }

  /// Where it is made: 400 is the priority of what administrators add.
  var folder: String { "\(modules)/400/\(name)" }

  /// Where there is such a module, at whatever priority.
  func places(on host: borrowing Host) throws(SystemError) -> [String] {
    var places: [String] = []
    for priority in try host.entries(modules).sorted() where Int(priority) != nil {
      let place = "\(modules)/\(priority)/\(name)"
      if try host.inode(place) != nil { places.append(place) }
    }
    return places
  }

  /// Whether the store says to leave it out.
  func isDisabled(on host: borrowing Host) throws(SystemError) -> Bool {
    try host.inode("\(modules)/disabled/\(name)") != nil
  }

  /// The steps that make it; what they write goes into `observation`.
  func creation(_ observation: inout Observation, on host: borrowing Host) throws(SystemError)
    -> [Step]
  {
    var steps: [Step] = []
    for folder in [modules, "\(modules)/400", folder] where try host.inode(folder) == nil {
      let state = FileState(.directory, .ofRoot(Mode(0o700)))
      steps.append(.writeFile(WriteFile(path: folder, before: .absent, after: state)))
    }
    // Neither file ends its line; the library takes it so.
    for (file, text) in [("cil", text), ("lang_ext", "cil")] {
      let bytes = Array(text.utf8)
      let state = FileState(.file(Digest(of: bytes)), .ofRoot(Mode(0o600)))
      observation.contents.append(Bytes(bytes))
      steps.append(.writeFile(WriteFile(path: "\(folder)/\(file)", before: .absent, after: state)))
    }
    return steps
  }

  /// The steps that take away the one at `place`.
  func removal(of place: String, on host: borrowing Host) throws(SystemError) -> [Step] {
    var steps: [Step] = []
    for file in try host.entries(place).sorted() {
      let path = "\(place)/\(file)"
      guard let content = try host.contents(path) else { continue }
      let before = FileState(.file(Digest(of: content)))
      steps.append(.writeFile(WriteFile(path: path, before: before, after: .absent)))
    }
    let before = FileState(.directory)
    return steps + [.writeFile(WriteFile(path: place, before: before, after: .absent))]
  }
}
