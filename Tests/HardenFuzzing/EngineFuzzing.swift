import HardenModel
import HardenViews

@testable import HardenEngine

/// Decodes what runs leave on the disk and what users carry from host to host.
enum EngineFuzzing {
  static func plan(_ bytes: [UInt8]) throws {
    if let plan = try? PlanFile.decode(bytes) {
      try require(
        try PlanFile.decode(PlanFile.encode(plan)) == plan, "a plan changes by being saved")
    }
    // The seal keeps anything else from coming further; without it the views have to stand it.
    guard let plan: Plan = try? JSON.decode(bytes) else { return }
    try requireHarmless(PlanText(plan, isFull: true).text)
    let again: Plan = try JSON.decode(JSON.encode(plan))
    try require(again == plan, "a plan changes by being written")
  }

  static func journal(_ bytes: [UInt8]) throws {
    if let reading = try? JournalReading(bytes) {
      try require(reading.length <= bytes.count, "more is whole than there is")
      let whole = try JournalReading(Array(bytes[..<reading.length]))
      try require(whole.records == reading.records, "the whole part says something else")
      try require(!whole.isTorn, "the whole part is torn")
    }
    guard bytes.count > 2 else { return }
    let tag = UInt16(bytes[0]) | UInt16(bytes[1]) << 8
    guard let record = try? JournalCodec.record(tag: tag, payload: Array(bytes[2...])) else {
      return
    }
    let sealed = try JournalCodec.encode(record, sequence: 0, after: .zero).bytes
    try require(!sealed.isEmpty, "a record without bytes")
  }
}
