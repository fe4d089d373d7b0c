import HardenCore
import HardenModel
import HardenTestSupport
import Testing

@testable import HardenEngine

@Suite struct RunRetentionTests {
  private func file(_ engine: Engine, _ name: String, _ text: String) -> Control {
    engine.control(name, "file", ["path": "/etc/\(name)", "state": "present", "content": text])
  }

  private func prune(_ engine: Engine) throws -> [Int] {
    try engine.unlocked { try RunRetention.prune(try engine.store(), now: engine.now) }
  }

  private static let day: Int64 = 86_400

  @Test func `what is in effect stays however old it is`() throws {
    let engine = try Engine()
    engine.root.write("/etc/a", "0")
    try engine.apply(try engine.plan([file(engine, "a", "1")]))
    engine.now += 1000 * Self.day
    #expect(try prune(engine) == [])
    try engine.apply(try engine.rollback())
    #expect(engine.root.text("/etc/a") == "0")
    #expect(try prune(engine) == [])
    engine.now += 91 * Self.day
    #expect(try prune(engine) == [1, 2])
    #expect(try engine.store().numbers() == [])
  }

  @Test func `a rollback in part keeps its record for as long as the run that it undid`() throws {
    let engine = try Engine()
    try engine.apply(try engine.plan([file(engine, "a", "1"), file(engine, "b", "1")]))
    try engine.apply(try engine.rollback(only: ["a"]))
    engine.now += 1000 * Self.day
    #expect(try prune(engine) == [])
    #expect(
      try History(try engine.store()).held(by: 1).map(\.address.name) == ["/etc/b"],
      "without its record the rollback of /etc/a would be forgotten")
  }

  @Test func `many newer runs let an old one go, and a day keeps all`() throws {
    let engine = try Engine()
    for round in 0..<27 {
      try engine.apply(try engine.plan([file(engine, "a", "\(round)")]))
      try engine.apply(try engine.rollback())
    }
    #expect(try prune(engine) == [])
    engine.now += 2 * Self.day
    #expect(try prune(engine) == [1, 2, 3, 4])
    #expect(try prune(engine) == [])
    #expect(try engine.store().numbers() == Array(5...54))
  }

  @Test func `before-images go with the last run that names them`() throws {
    let engine = try Engine()
    engine.root.write("/etc/a", "kept twice")
    engine.root.write("/etc/b", "kept once")
    try engine.apply(try engine.plan([file(engine, "a", "1"), file(engine, "b", "1")]))
    try engine.apply(try engine.rollback())
    engine.now += 91 * Self.day
    try engine.apply(try engine.plan([file(engine, "a", "2")]))
    let blobs = { try Set(engine.store().state.names("blobs/sha256")) }
    let digest = { (text: String) in Digest(of: Array(text.utf8)).description }
    #expect(try blobs().isSuperset(of: [digest("kept twice"), digest("kept once")]))
    #expect(try prune(engine) == [1, 2])
    #expect(try blobs().contains(digest("kept twice")))
    #expect(try !blobs().contains(digest("kept once")))
    #expect(try engine.apply(try engine.rollback()).ending == .rolledBack)
    #expect(engine.root.text("/etc/a") == "kept twice")
  }

  @Test func `a removal that was interrupted is finished by the next one`() throws {
    let engine = try Engine()
    try engine.apply(try engine.plan([file(engine, "a", "1")]))
    try engine.apply(try engine.rollback())
    try engine.store().state.rename("runs/1", to: "runs/removed-1")
    #expect(try engine.store().unfinished() == nil)
    #expect(try prune(engine) == [])
    #expect(try engine.store().state.names("runs").sorted() == ["2"])
  }
}
