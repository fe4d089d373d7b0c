import HardenSystem
import HardenTestSupport
import Testing

struct StateDirectoryTests {
  private let root: TemporaryRoot
  private var path: String { root.outside("/var/lib/harden") }

  init() throws { root = try TemporaryRoot() }

  private func refusal(_ script: String) throws -> String {
    try Shell.run("mkdir -p \(root.outside("/var/lib")); cd \(root.outside("/var/lib")); \(script)")
    do {
      _ = try StateDirectory.create(path)
      return "accepted"
    } catch { return "\(error)" }
  }

  @Test(arguments: [
    ("mkdir -m 755 harden", "others may enter"), ("mkdir -m 701 harden", "others may enter"),
    ("mkdir -m 710 harden", "others may enter"),
    ("mkdir -m 700 harden; chown 7 harden", "belongs to user 7"),
    ("mkdir -m 700 real; ln -s real harden", "not a plain directory"),
    ("echo x > harden", "not a plain directory"),
    ("mkdir -m 700 harden; echo x > harden/theirs", "is not harden's state"),
  ])
  func `a directory that is not its own is refused`(scene: (script: String, why: String)) throws {
    #expect(try refusal(scene.script).contains(scene.why))
  }

  @Test(arguments: [
    "mkdir -m 700 harden", "mkdir -m 700 harden harden/runs",
    "mkdir -m 700 harden; touch harden/harden-state.new",
  ])
  func `an interrupted creation is finished`(script: String) throws {
    #expect(try refusal(script) == "accepted")
    let isOpened = try StateDirectory.open(path) != nil
    #expect(isOpened)
  }

  @Test func `the lock is held by one at a time and given back`() throws {
    let one = try StateDirectory.create(path)
    let other = try StateDirectory.create(path)
    do {
      guard let held = try one.lock() else {
        Issue.record("the lock is not given")
        return
      }
      let refused = try other.lock() == nil
      #expect(refused)
      _ = consume held
    }
    // A program that another test starts may hold the descriptor until it has been started.
    var isFree = false
    for _ in 0..<100 where !isFree {
      isFree = try other.lock() != nil
      if !isFree { try Shell.run("sleep 0.01") }
    }
    #expect(isFree)
  }

  @Test func `what is stored is there whole, for its owner only`() throws {
    let state = try StateDirectory.create(path)
    try state.store(Array("x".utf8), as: "blobs/one")
    #expect(try state.contents("blobs/one") == Array("x".utf8))
    #expect(try state.contents("blobs/none") == nil)
    #expect(try Shell.run("stat -c %a \(path) \(path)/blobs/one") == "700\n600\n")
  }
}
