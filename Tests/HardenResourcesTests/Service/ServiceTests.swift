import Testing

@testable import HardenResources

@Suite struct ServiceTests {
  @Test func `one resource for each unit, with its type`() throws {
    let entry = try Entry<Service>(
      "{unit: [nginx, ssh.socket, getty@tty1], enabled: true, running: true}")
    #expect(entry.messages == [])
    #expect(
      entry.resources == [
        Service("nginx.service", enabled: true, running: true),
        Service("ssh.socket", enabled: true, running: true),
        Service("getty@tty1.service", enabled: true, running: true),
      ])
    #expect(entry.resources.first?.address.description == "service[nginx.service]")
    let insisting = try Entry<Service>("{unit: x.timer, masked: true, if_missing: refuse}")
    #expect(insisting.resources == [Service("x.timer", masked: true, isMissingAllowed: false)])
  }

  @Test(arguments: [
    ("{unit: nginx}", "service needs enabled, masked, running or sandbox"),
    ("{unit: nginx, enabled: true, masked: true}", "a masked unit cannot be enabled as well"),
    ("{unit: nginx, running: true, masked: true}", "a masked unit cannot be running as well"),
    (
      "{unit: getty@, running: true}",
      "getty@.service is a template, and only its instances can run"
    ),
    ("{unit: 'a b', enabled: true}", "'a b' cannot be the name of a unit"),
    (
      "{unit: nginx, masked: true, sandbox: {PrivateTmp: true}}",
      "a masked unit cannot be sandboxed as well"
    ),
    (
      "{unit: x.timer, sandbox: {PrivateTmp: true}}",
      "x.timer has no process that a sandbox could hold"
    ),
    ("{unit: ../x, enabled: true}", "'../x' cannot be the name of a unit"),
    ("{enabled: true}", "service needs 'unit'"),
  ])
  func `mistakes are reported`(yaml: String, message: String) throws {
    #expect(try Entry<Service>(yaml).messages == [message])
  }
}
