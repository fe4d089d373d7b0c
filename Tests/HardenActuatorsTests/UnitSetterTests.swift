import Foundation
import HardenActuators
import HardenModel
import HardenSystem
import Testing

/// Starting and stopping is done in Tests/AcceptanceTests/ServiceManagerTests, on a systemd of its own.
@Suite struct UnitSetterTests {
  @Test(
    .enabled(
      if: !FileManager.default.fileExists(atPath: "/run/systemd/private"),
      "systemd runs here; other tests ask it"))
  func `where no systemd runs, nothing is done and nothing has to follow`() throws {
    let host = try Host()
    let stop = Step.setUnit(.run(unit: "a.service", isRunning: false))
    #expect(throws: SystemError.self) { try Actuators.standing(of: stop, on: host) }
    #expect(throws: SystemError.self) { try Actuators.capture(stop, on: host) }
    let undo = try Actuators.undo(
      stop, before: .unit(UnitImage(isActive: true)), after: nil, on: host)
    #expect(undo.steps.isEmpty && undo.conflicts.isEmpty)
    #expect(try Actuators.settling(.setUnit(.reload(paths: ["/etc"])), on: host) == nil)
  }
}
