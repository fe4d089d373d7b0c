import HardenSystem
import HardenTestSupport

/// This very machine as a host that may act; tests only look with it.
struct Probing: ~Copyable {
  let root: TemporaryRoot
  let host: WritableHost

  init(_ calls: Calls = .kernel) throws {
    let root = try TemporaryRoot()
    let state = try StateDirectory.create(root.outside("/state"), calls: calls)
    guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
    host = try Host().writable(under: lock, recording: state.create("scratch"))
    self.root = root
  }

  func run(_ words: String..., seconds: Int64 = 20, as identity: Identity = .root) throws
    -> Command.Ending
  {
    try host.run(Command(words, as: identity, timeout: .init(seconds: seconds)))
  }
}
