import HardenModel
import HardenSystem
import Testing

@testable import HardenEngine

@Suite struct RunStoreFirstBootTests {
  @Test func `what is left is kept, read, and taken away when it is done`() throws {
    let engine = try Engine()
    let store = try engine.store()
    #expect(try store.leftToFirstBoot() == [])
    try store.leaveToFirstBoot(12, accepted: ["a", "b"])
    try store.leaveToFirstBoot(3, accepted: [])
    #expect(try engine.store().leftToFirstBoot() == [3, 12])
    #expect(try store.acceptedForFirstBoot(12) == ["a", "b"])
    try store.completeFirstBoot()
    #expect(try engine.store().leftToFirstBoot() == [])
    #expect(try engine.store().state.names("first-boot") == [], "the unit looks for an empty one")
  }

  @Test func `a damaged record is no empty one`() throws {
    let engine = try Engine()
    let store = try engine.store()
    try store.leaveToFirstBoot(1, accepted: ["a"])
    try store.state.store([0x7B], as: "first-boot/1")
    #expect(throws: Failure.self) { _ = try store.acceptedForFirstBoot(1) }
  }
}
