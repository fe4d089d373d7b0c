import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct ServiceSandboxTests {
  private func observe(_ root: TemporaryRoot, _ sandbox: [String: String]) throws -> Observation {
    try Service("web.service", sandbox: sandbox).proved(on: root)
  }

  private func root(_ service: String) throws -> TemporaryRoot {
    let root = try TemporaryRoot()
    root.write("/usr/lib/systemd/system/web.service", "[Service]\nExecStart=/x\n\(service)")
    return root
  }

  @Test func `the last assignment counts, in any spelling`() throws {
    let root = try root("NoNewPrivileges=yes\nProtectSystem=full\n")
    #expect(try observe(root, ["NoNewPrivileges": "true"]).holds)
    let observation = try observe(root, ["NoNewPrivileges": "true", "ProtectSystem": "strict"])
    #expect(
      observation.lines == [
        "file NoNewPrivileges=true, ProtectSystem=full (/usr/lib/systemd/system/web.service:4) -> "
          + "NoNewPrivileges=true, ProtectSystem=strict"
      ])
    #expect(
      observation.steps.map(\.target) == [
        "/etc/systemd/system", "/etc/systemd/system/web.service.d",
        "/etc/systemd/system/web.service.d/50-harden.conf",
      ])
    root.write("/etc/systemd/system/web.service.d/10.conf", "[Service]\nProtectSystem=strict\n")
    #expect(try observe(root, ["ProtectSystem": "strict"]).holds)
    root.write("/etc/systemd/system/service.d/60.conf", "[Service]\nProtectSystem=no\n")
    #expect(
      try observe(root, ["ProtectSystem": "strict"]).standing
        == .refused("/etc/systemd/system/service.d/60.conf:2 counts for ProtectSystem"))
  }

  @Test func `lists add up, and what would be added to is left alone`() throws {
    let root = try root("CapabilityBoundingSet=CAP_A CAP_B\n")
    #expect(try observe(root, ["CapabilityBoundingSet": "CAP_B CAP_A"]).holds)
    #expect(
      try observe(root, ["CapabilityBoundingSet": "CAP_A"]).standing
        == .refused(
          "/usr/lib/systemd/system/web.service:3 adds CAP_A CAP_B for CapabilityBoundingSet"))
    #expect(try observe(root, ["SystemCallFilter": "@system-service"]).steps.count == 3)
    root.write(
      "/etc/systemd/system/web.service.d/10.conf",
      "[Service]\nCapabilityBoundingSet=\nCapabilityBoundingSet=CAP_A\n")
    #expect(try observe(root, ["CapabilityBoundingSet": "CAP_A"]).holds)
    root.write(
      "/etc/systemd/system/web.service.d/10.conf", "[Service]\nCapabilityBoundingSet=\n")
    #expect(try observe(root, ["CapabilityBoundingSet": ""]).holds)
  }
}
