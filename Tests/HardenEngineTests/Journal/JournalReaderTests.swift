@testable import HardenEngine
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

struct JournalReaderTests {
  private let records: [JournalRecord] = [
    .begin(
      .init(
        run: 1, kind: .apply, plan: .zero, at: 1, steps: 2,
        actor: Actor(login: nil, session: nil, user: 0, command: ["harden", "apply"]))),
    .intent(.init(step: 0, before: .sysctl([SysctlKey(path: "kernel/sysrq"): "1"]))),
    .intent(.init(step: 1, before: .file(.absent))),
    .done(.init(step: 0, after: .sysctl([SysctlKey(path: "kernel/sysrq"): "0"]))),
    .done(.init(step: 1, after: .file(FileState(.directory, Attributes(mode: Mode(0o755)))))),
    .end(.init(ending: .applied, at: 2)),
  ]

  /// A journal of ``records``, with where each record ends.
  private func journal() throws -> (bytes: [UInt8], ends: [Int]) {
    var (bytes, chain) = try JournalCodec.encode(
      JournalCodec.Header(tool: "0.1.0", machine: .zero, boot: "b"))
    var ends = [bytes.count]
    for (index, record) in records.enumerated() {
      let (more, next) = try JournalCodec.encode(record, sequence: UInt64(index), after: chain)
      bytes += more
      chain = next
      ends.append(bytes.count)
    }
    return (bytes, ends)
  }

  @Test func `a record of a newer harden is refused, unless it may be skipped`() throws {
    for tag: UInt16 in [0, 7, 0x7FFF] {
      #expect(throws: JournalDamage.unknownRecord(tag)) {
        try JournalCodec.record(tag: tag, payload: Array("{}".utf8))
      }
    }
    for tag: UInt16 in [0x8000, 0x8FFF, .max] {
      #expect(try JournalCodec.record(tag: tag, payload: [1, 2]) == nil)
    }
  }

  @Test func `what was written is read`() throws {
    let reading = try JournalReading(try journal().bytes)
    #expect(reading.records == records)
    #expect(reading.header?.tool == "0.1.0")
    #expect(!reading.isTorn)
  }

  @Test func `every prefix is whole records and a torn tail`() throws {
    let (bytes, ends) = try journal()
    for length in 0..<bytes.count {
      let prefix = Array(bytes.prefix(length))
      guard length >= ends[0] else {
        #expect(throws: JournalDamage.self) { try JournalReading(prefix) }
        continue
      }
      let reading = try JournalReading(prefix)
      let whole = ends.count { $0 <= length } - 1
      #expect(reading.records == Array(records.prefix(whole)), "length \(length)")
      #expect(reading.isTorn == !ends.contains(length), "length \(length)")
    }
  }

  @Test func `a flipped bit is damage, or a torn tail when nothing follows`() throws {
    let (bytes, ends) = try journal()
    for offset in bytes.indices {
      var damaged = bytes
      damaged[offset] ^= 1 << UInt8(offset % 8)
      let record = ends.firstIndex { offset < $0 } ?? 0
      do throws(JournalDamage) {
        let reading = try JournalReading(damaged)
        #expect(
          record == records.count, "only the last record may look torn, not \(record) at \(offset)")
        #expect(reading.isTorn && reading.records == Array(records.dropLast()))
      } catch {
        #expect(record < records.count, "the last record is a tail, at \(offset)")
      }
    }
  }

  @Test func `dropped, swapped and repeated records are damage`() throws {
    let (bytes, ends) = try journal()
    let frames = zip(ends, ends.dropFirst()).map { Array(bytes[$0..<$1]) }
    let header = Array(bytes.prefix(ends[0]))
    for index in frames.indices.dropLast() {
      var dropped = frames
      dropped.remove(at: index)
      #expect(throws: JournalDamage.self) { try JournalReading(header + dropped.joined()) }
      var swapped = frames
      swapped.swapAt(index, index + 1)
      #expect(throws: JournalDamage.self) { try JournalReading(header + swapped.joined()) }
      var repeated = frames
      repeated.insert(frames[index], at: index)
      #expect(throws: JournalDamage.self) { try JournalReading(header + repeated.joined()) }
    }
  }

  @Test func `random bytes are never believed`() {
    var random = SeededRandom(7)
    for round in 0..<2000 {
      let bytes = (0..<Int.random(in: 0..<300, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      #expect(throws: JournalDamage.self, "round \(round)") { try JournalReading(bytes) }
    }
  }
}
