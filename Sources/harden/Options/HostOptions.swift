internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem

/// Which host a command works on, and where its history is.
struct HostOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Work on the image below this directory.", valueName: "dir"))
  var root = "/"

  @Option(
    help: ArgumentHelp(
      "Where runs are kept; /var/lib/harden below the root unless given.", valueName: "dir"))
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
    RunStore(try StateDirectory.create(try statePath()))
  }

  /// The runs; for a host without any, or one whose runs the caller may not read, `missing`
  /// decides.
  func withStore<Value>(
    _ body: (borrowing RunStore) throws -> Value, missing: (SystemError?) throws -> Value
  ) throws -> Value {
    do {
      guard let state = try StateDirectory.open(try statePath()) else { return try missing(nil) }
      return try body(RunStore(state))
    } catch let error as SystemError where error.isPermission {
      return try missing(error)
    }
  }

  /// What earlier runs did, as far as the caller may know; reading alone never fails for it.
  func history() throws -> History {
    try withStore({ try History($0) }, missing: { $0.map { History(unknown: "\($0)") } ?? History() })
  }

  /// Every run, oldest first; for people who may not read them that is an error.
  func runs() throws -> [RunSummary] {
    try withStore(
      { try History($0).summaries($0) }, missing: { if let denied = $0 { throw denied } else { [] } })
  }

  /// The options that name this host, for a command line to be typed next.
  var words: [String] {
    (root == "/" ? [] : ["--root", root]) + (state.map { ["--state", $0] } ?? [])
  }
}
