import Glibc
import HardenModel
import Testing

@testable import HardenSystem

@Suite(.enabled(if: geteuid() == 0)) struct HostHoldingTests {
  @Test func `what needs privileges is read once and stays so in every host made of this one`()
    throws
  {
    var host = try Host()
    let before = try host.audit()
    host.holdPrivileged()
    #expect(try host.audit() == before)
    let key = HeldReadings.restricted[0]
    #expect(try host.sysctl(key) != nil)
    host.held.sysctls[key] = .success("as it was")
    host.held.audit = .absent
    host.held.routingRules = []
    #expect(try host.fresh().sysctl(key) == "as it was")
    #expect(try host.actual().audit() == .absent)
    let (held, now) = (try host.fresh().routingRules(), try Host().routingRules())
    #expect(held == [] && now != [])
  }

  @Test func `below another root there is nothing to hold`() throws {
    var host = try Host(root: "/proc/self/root/tmp")
    host.holdPrivileged()
    #expect(host.held.audit == nil && host.held.sysctls.isEmpty)
  }
}
