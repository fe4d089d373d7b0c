internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem

/// Which host a command works on, and where its history is.
struct HostOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Work on the image below this directory.", valueName: "dir"),
    completion: .directory)
  var root = "/"

  @Option(
    help: ArgumentHelp(
      "Where runs are kept; /var/lib/harden below the root unless given.", valueName: "dir"),
    completion: .directory)
  var state: String?

  /// The host, to be read.
  func host() throws -> Host { try Host(root: try Paths.absolute(root)) }

  /// Where runs are kept.
  func statePath() throws -> String {
    if let state { return try Paths.absolute(state) }
    let root = try Paths.absolute(root)
    return (root == "/" ? "" : root) + "/var/lib/harden"
  }

  /// The runs, made ready for a new one.
  func storeForWriting() throws -> RunStore {
    try RunStore.create(try statePath())
  }

  /// The runs; nil for a host without any.
  func store() throws -> RunStore? {
    guard let state = try StateDirectory.open(try statePath()) else { return nil }
    return RunStore(state)
  }

  /// What earlier runs did, as far as the caller may know; reading alone never fails for it.
  func history() throws -> History {
    do {
      guard let store = try store() else { return History() }
      return try History(store)
    } catch let error as SystemError where error.isPermission {
      return History(unknown: "\(error)")
    }
  }

  /// Every run, oldest first; for people who may not read them that is an error.
  func runs() throws -> [RunSummary] {
    guard let store = try store() else { return [] }
    return try History(store).summaries(store)
  }

  /// The options that name this host, for a command line to be typed next.
  var words: [String] {
    (root == "/" ? [] : ["--root", root]) + (state.map { ["--state", $0] } ?? [])
  }
}
