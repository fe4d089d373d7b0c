import HardenModel
import Testing

@Suite struct PlaneTests {
  @Test func `planes are in the order of time`() {
    #expect([Plane.boot, .now, .file].sorted() == [.now, .file, .boot])
  }

  @Test func `what waits for an event does not differ, and what holds does not wait`() {
    let differs = PlaneState(.now, observed: "1", wanted: "2", holds: false)
    let waits = PlaneState(.now, observed: "1", wanted: "2", holds: false, awaits: .reboot)
    let holds = PlaneState(.now, observed: "2", wanted: "2", holds: true, awaits: .reboot)
    #expect(differs.differs && !waits.differs && !holds.differs)
    #expect(waits.awaits == .reboot && holds.awaits == nil)
  }
}
