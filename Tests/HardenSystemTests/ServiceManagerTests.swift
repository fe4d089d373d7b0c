import Foundation
import HardenSystem
import HardenTestSupport
import SystemPackage
import Testing

@Suite struct ServiceManagerTests {
  @Test func `an image has no manager that runs`() throws {
    let root = try TemporaryRoot()
    root.makeDirectory("/run/systemd/system")
    #expect(try !Host(root: root.path).hasServiceManager)
  }

  @Test(
    .enabled(
      if: !FileManager.default.fileExists(atPath: "/run/systemd/private"),
      "systemd runs here; the guest's checks ask it"))
  func `where none runs, asking it is an error and no crash`() throws {
    let host = try Host()
    #expect(throws: SystemError.self) { try host.state(ofUnit: "ssh.service") }
    #expect(throws: SystemError.self) { try host.failedUnits() }
  }
}
