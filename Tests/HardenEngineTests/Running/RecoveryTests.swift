import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Synchronization
import Testing

@testable import HardenEngine

/// Damaged journals of real runs: whatever is cut off or flipped, nothing is undone wrongly.
@Suite(.serialized)
struct RecoveryTests {
  private static let golden = Snapshot.repository.appending(path: "Fixtures/journals/0.1.0").path()
  private let actor = Actor(login: nil, session: nil, user: 0, command: [])

  /// A copy of a golden run; `damage` is done to its journal.
  private final class Copy {
    let path = "/tmp/harden-recovery-\(UUID().uuidString)"
    let name: String
    let journal: [UInt8]

    init(_ name: String) throws {
      self.name = name
      journal = Array(try Data(contentsOf: URL(filePath: "\(golden)/\(name)/state/runs/1/journal")))
      try reset(journal)
    }

    deinit { TemporaryRoot.remove(path) }

    func reset(_ journal: [UInt8]) throws {
      try Shell.run(
        "rm -rf \(path); cp -r \(golden)/\(name) \(path); chmod -R go-rwx \(path)/state")
      try Data(journal).write(to: URL(filePath: "\(path)/state/runs/1/journal"))
    }

    func text(_ name: String) -> String? {
      FileManager.default.contents(atPath: "\(path)/root/etc/\(name)").map {
        String(decoding: $0, as: UTF8.self)
      }
    }

    var isBefore: Bool {
      text("motd") == "old\n" && text("made/file") == nil
        && text("sysctl.d/99-zz-harden.conf") == nil
        && text("sysctl.conf") == "net.ipv4.tcp_syncookies = 0\n"
    }

    func store() throws -> RunStore { RunStore(try StateDirectory.create("\(path)/state")) }
  }

  /// Recovers; nil when it was refused as corrupt.
  private func recover(_ copy: Copy) throws -> Report.Ending? {
    let host = try Host(root: "\(copy.path)/root")
    for attempt in 0... {
      do {
        return try Recovery(tool: "t", clock: { 1 }).recover(
          on: host.fresh(), store: copy.store(), actor: actor)?.ending
      } catch Failure.corrupt { return nil } catch Failure.locked where attempt < 50 {
        usleep(10_000)
      }
    }
    return nil
  }

  @Test func `a journal cut off anywhere is recovered or refused, never undone wrongly`() throws {
    let copy = try Copy("interrupted")
    var tally = (recovered: 0, refused: 0)
    for length in 0...copy.journal.count {
      let began = copy.isBefore
      try copy.reset(Array(copy.journal.prefix(length)))
      if try recover(copy) == nil {
        tally.refused += 1
        #expect(
          !copy.isBefore && !began || copy.text("motd") == "new\n",
          "refused and changed at \(length)")
      } else {
        tally.recovered += 1
        #expect(copy.isBefore, "cut at \(length)")
      }
    }
    print("journals cut off: \(tally.recovered) recovered, \(tally.refused) refused, 0 wrong")
    #expect(tally.recovered > 0 && tally.refused > 0)
  }

  @Test func `a journal with a flipped bit is recovered or refused, never undone wrongly`() throws {
    let copy = try Copy("interrupted")
    var tally = (recovered: 0, refused: 0)
    for offset in copy.journal.indices {
      var damaged = copy.journal
      damaged[offset] ^= 1 << UInt8(offset % 8)
      try copy.reset(damaged)
      if try recover(copy) == nil {
        tally.refused += 1
        #expect(copy.text("motd") == "new\n", "refused and changed at \(offset)")
      } else {
        tally.recovered += 1
        #expect(copy.isBefore, "flipped at \(offset)")
      }
    }
    print(
      "journals with a flipped bit: \(tally.recovered) recovered, \(tally.refused) refused, 0 wrong"
    )
    #expect(tally.refused > tally.recovered)
  }

  @Test func `a finished run whose journal is not what it was is not rolled back`() throws {
    let copy = try Copy("finished")
    let host = try Host(root: "\(copy.path)/root")
    let file = URL(filePath: "\(copy.path)/state/runs/1/journal")
    for offset in copy.journal.indices {
      var damaged = copy.journal
      damaged[offset] ^= 0x10
      try Data(damaged).write(to: file)
      let store = try copy.store()
      let history = try History(store)
      #expect(throws: Failure.self, "at \(offset)") {
        try RollbackPlanner(tool: "t", now: 1).plan(
          undoing: [1], on: host, store: store, history: history)
      }
    }
    try Data(copy.journal).write(to: file)
    let store = try copy.store()
    let plan = try RollbackPlanner(tool: "t", now: 1).plan(
      undoing: [1], on: host, store: store, history: History(store))
    #expect(!plan.isEmpty)
  }

  @Test func `an end on record counts only when the host agrees`() throws {
    let engine = try Engine()
    engine.root.write("/etc/f", "theirs\n")
    let control = engine.control("f", "file", ["path": "/etc/f", "content": "ours\n"])
    for isAgreed in [true, false] {
      engine.root.write("/etc/f", "theirs\n")
      try engine.apply(try engine.plan([control]))
      let run = try #require(try engine.store().numbers().last)
      try Shell.run("rm \(engine.statePath)/runs/\(run)/result.json")
      if !isAgreed { engine.root.write("/etc/f", "theirs\n") }
      #expect(try engine.recover()?.ending == (isAgreed ? .applied : .recovered))
      #expect(engine.root.text("/etc/f") == (isAgreed ? "ours\n" : "theirs\n"))
    }
  }

  /// From the `last`-th call on nothing is possible any more, as after a crash.
  private func dying(after last: Int) -> Calls {
    let passed = Mutex(0)
    return Calls { _ in
      passed.withLock {
        $0 += 1
        return $0 > last ? .ioError : nil
      }
    }
  }

  @Test(arguments: ["apply", "rollback"])
  func `what stands on what the run itself makes or removes survives a crash anywhere`(verb: String)
    throws
  {
    let engine = try Engine()
    let controls = [
      engine.control("d", "directory", ["path": "/etc/d", "state": "present"]),
      engine.control("p", "file", ["path": "/etc/d/proxy", "state": "present", "content": "#!"]),
      engine.control(
        "c", "file_capability",
        ["path": "/etc/d/proxy", "capabilities": "cap_net_bind_service=ep"]),
    ]
    let origin = engine.snapshot()
    var ends: [Report.Ending: Int] = [:]
    for last in stride(from: 0, to: 300, by: 3) {
      if verb == "rollback" { try engine.apply(try engine.plan(controls)) }
      let plan = verb == "rollback" ? try engine.rollback() : try engine.plan(controls)
      let report = try? engine.apply(plan, calls: dying(after: last))
      if report?.failure == nil, report != nil { break }
      if let ending = try engine.recover()?.ending {
        ends[ending, default: 0] += 1
        #expect(
          (engine.snapshot().differences(from: origin) == []) == (ending != .applied),
          "\(verb) ended after \(last) calls: \(ending)")
      }
      try engine.apply(try engine.rollback())
      #expect(engine.snapshot().differences(from: origin) == [], "\(verb) \(last)")
    }
    // An end on record stands.
    #expect(Set(ends.keys) == (verb == "rollback" ? [.rolledBack] : [.recovered, .applied]))
    #expect(ends.values.reduce(0, +) > 10)
  }
}
