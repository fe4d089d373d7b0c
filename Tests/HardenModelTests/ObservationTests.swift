import HardenModel
import Testing

@Suite struct ObservationTests {
  private let holds = PlaneState(.file, observed: "2", wanted: "2", holds: true)
  private let differs = PlaneState(.file, observed: "1", wanted: "2", holds: false)
  private let waits = PlaneState(.now, observed: "1", wanted: "2", holds: false, awaits: .reboot)

  @Test func `all planes have to hold`() {
    #expect(Observation(planes: [holds]).holds && !Observation(planes: [holds, differs]).holds)
    #expect(!Observation(planes: [holds, waits]).holds)
  }

  @Test func `steps are needed while a plane differs, and an event only after that`() {
    #expect(Observation(planes: [differs, waits]).differs)
    #expect(Observation(planes: [differs, waits]).awaits == nil)
    #expect(!Observation(planes: [holds, waits]).differs)
    #expect(Observation(planes: [holds, waits]).awaits == .reboot)
  }

  @Test func `what was not measured neither holds nor differs`() {
    for standing in [
      Observation.Standing.notApplicable("x"), .unmeasured("x"), .refused("x"),
    ] {
      let observation = Observation(standing, planes: [differs, waits])
      #expect(!observation.holds && !observation.differs && observation.awaits == nil)
    }
  }
}
