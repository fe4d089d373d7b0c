import HardenActuators
import HardenModel
import HardenSystem
import HardenTestSupport

/// A root with a state directory, on which steps are really done and undone.
struct Stage: ~Copyable {
  let root: TemporaryRoot
  private let state: StateDirectory
  private let lock: RunLock
  private let file: DurableFile
  var contents: [Digest: [UInt8]] = [:]

  init() throws {
    let root = try TemporaryRoot()
    let state = try StateDirectory.create(root.outside("/var/lib/harden"))
    let lock = try Self.lock(state)
    let file = try state.create("scratch")
    self.init(root: root, state: state, lock: lock, file: file)
  }

  private init(
    root: TemporaryRoot, state: consuming StateDirectory, lock: consuming RunLock,
    file: consuming DurableFile
  ) {
    self.root = root
    self.state = state
    self.lock = lock
    self.file = file
  }

  private static func lock(_ state: borrowing StateDirectory) throws -> RunLock {
    guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
    return lock
  }

  func host() throws -> Host { try Host(root: root.path) }

  /// Keeps `bytes` for steps that name them, and gives their digest.
  mutating func keep(_ text: String) -> Digest {
    let bytes = Array(text.utf8)
    contents[Digest(of: bytes)] = bytes
    return Digest(of: bytes)
  }

  /// What was there before and after doing `step`.
  mutating func perform(_ step: Step) throws -> (before: Image, after: Image) {
    let before = try Actuators.capture(step, on: host())
    for content in before.contents { contents[Digest(of: content)] = content }
    let writable = try host().writable(under: lock, recording: file)
    let known = contents
    try Actuators.perform(
      step, on: writable,
      content: { digest throws(SystemError) in
        guard let bytes = known[digest] else { throw SystemError(refusing: "\(digest)", "unknown") }
        return bytes
      }, temporary: ".harden-test~")
    return (before.image, try Actuators.capture(step, on: host()).image)
  }

  /// Does what undoing `step` takes.
  mutating func undo(_ step: Step, before: Image, after: Image?) throws -> [Conflict] {
    let undo = try Actuators.undo(step, before: before, after: after, on: host())
    for inverse in undo.steps { _ = try perform(inverse) }
    return undo.conflicts
  }

  func snapshot() -> TreeSnapshot { TreeSnapshot(root.path, except: ["/var/lib/harden"]) }
}
