import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenEngine

@Suite struct WaitingTests {
  private let terms = ConfirmTerms(boot: nil, began: 0, now: 0, span: TimeSpan(seconds: 60))
  private let actor = Actor(login: nil, session: 7, user: 0, command: [])

  private func reading(_ confirm: ConfirmTerms?, _ records: [JournalRecord]) throws
    -> JournalReading
  {
    let begin = JournalRecord.Begin(
      run: 3, kind: .apply, plan: .zero, at: 0, steps: 0, actor: actor, confirm: confirm)
    var (bytes, chain) = try JournalCodec.encode(
      JournalCodec.Header(tool: "t", machine: .zero, boot: nil))
    for (index, record) in ([.begin(begin)] + records).enumerated() {
      let next = try JournalCodec.encode(record, sequence: UInt64(index), after: chain)
      bytes += next.bytes
      chain = next.chain
    }
    return try JournalReading(bytes)
  }

  @Test func `a run without terms waits for nothing`() throws {
    #expect(Waiting(try reading(nil, [.waits(.init(at: 1))])) == nil)
  }

  @Test func `it is ready once it waits, and not any more when it has turned round`() throws {
    #expect(Waiting(try reading(terms, []))?.isReady == false)
    let waits = JournalRecord.waits(.init(at: 1))
    let ready = try #require(Waiting(try reading(terms, [waits])))
    #expect(ready.isReady && ready.run == 3 && ready.terms == terms && ready.actor == actor)
    let turned = Waiting(try reading(terms, [waits, .failed(.init(step: nil, reason: "x"))]))
    #expect(turned?.isReady == false)
    let ended = Waiting(try reading(terms, [waits, .end(.init(ending: .applied, at: 2))]))
    #expect(ended?.isReady == false)
  }

  @Test func `the last extension counts`() throws {
    let later = JournalRecord.extended(.init(deadline: 9000, until: 9, actor: actor))
    let waiting = try #require(Waiting(try reading(terms, [.waits(.init(at: 1)), later])))
    #expect(waiting.terms.deadline == 9000 && waiting.terms.until == 9)
  }

  @Test func `the first boot after one that was to be probed counts anew, no other does`() throws {
    let span = TimeSpan(seconds: Login.uptime / 1000 + 600)
    let terms = { (boot: String?, onReboot: OnReboot) in
      ConfirmTerms(boot: boot, began: Login.uptime, now: 0, span: span, onReboot: onReboot)
    }
    let waits = JournalRecord.waits(.init(at: 1))
    let root = try TemporaryRoot()
    let host = try Host(root: root.path)
    // Below a root there is no boot: one with a name is another.
    let anew = { (confirm: ConfirmTerms, records: [JournalRecord]) in
      try #require(Waiting(try reading(confirm, records))).anew(on: host, now: 9)
    }
    #expect(try anew(terms("a", .probe), [waits])?.began == 0)
    #expect(try anew(terms("a", .revert), [waits]) == nil)
    #expect(try anew(terms(nil, .probe), [waits]) == nil)
    #expect(try anew(terms("a", .probe), []) == nil)
    let rebooted = JournalRecord.rebooted(.init(terms: terms("b", .probe)))
    #expect(try anew(terms("a", .probe), [waits, rebooted]) == nil)
    let waiting = try #require(Waiting(try reading(terms("a", .probe), [waits, rebooted])))
    #expect(waiting.isRebooted && waiting.terms.boot == "b" && waiting.isReady)
    #expect(try waiting.left(on: host) == nil)
    let first = try #require(Waiting(try reading(terms("a", .probe), [waits])))
    #expect(try first.left(on: host) != nil && !first.isRebooted)
  }
}
