import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

/// What runs is asked in Tests/AcceptanceTests/ServiceManagerTests, of a systemd of its own.
@Suite struct ServiceObservingTests {
  private func observe(_ root: TemporaryRoot, _ service: Service) throws -> Observation {
    try service.proved(on: root)
  }

  private func root() throws -> TemporaryRoot {
    let root = try TemporaryRoot()
    root.write(
      "/usr/lib/systemd/system/web.service",
      "[Service]\nExecStart=/x\n[Install]\nWantedBy=multi-user.target\nAlias=www.service\n")
    root.write("/usr/lib/systemd/system/static.service", "[Service]\nExecStart=/x\n")
    return root
  }

  @Test func `enabled by the links that it asks for, and disabled again`() throws {
    let root = try root()
    let observation = try observe(root, Service("web.service", enabled: true))
    #expect(
      observation.lines == [
        "boot disabled (/usr/lib/systemd/system/web.service) -> enabled"
      ])
    #expect(
      observation.steps.map(\.target) == [
        "/etc/systemd/system", "/etc/systemd/system/www.service",
        "/etc/systemd/system/multi-user.target.wants",
        "/etc/systemd/system/multi-user.target.wants/web.service",
      ])
    root.link(
      "/etc/systemd/system/multi-user.target.wants/web.service",
      to: "/usr/lib/systemd/system/web.service")
    #expect(try observe(root, Service("web.service", enabled: true)).holds)
    let off = try observe(root, Service("web.service", enabled: false))
    #expect(
      off.lines == [
        "boot enabled (/etc/systemd/system/multi-user.target.wants/web.service) -> disabled"
      ])
    #expect(off.steps.map(\.target) == ["/etc/systemd/system/multi-user.target.wants/web.service"])
    #expect(try observe(root, Service("static.service", enabled: false)).holds)
  }

  @Test func `masked, and back with its links`() throws {
    let root = try root()
    let observation = try observe(root, Service("web.service", enabled: false, masked: true))
    #expect(observation.lines.first?.hasSuffix("-> masked") == true)
    #expect(observation.steps.last?.target == "/etc/systemd/system/web.service")
    root.link("/etc/systemd/system/web.service", to: "/dev/null")
    #expect(try observe(root, Service("web.service", enabled: false)).holds)
    #expect(try observe(root, Service("web.service", masked: true)).holds)
    #expect(
      try observe(root, Service("web.service", enabled: true)).standing
        == .refused("/etc/systemd/system/web.service masks it; say masked: false as well"))
    let both = try observe(root, Service("web.service", enabled: true, masked: false))
    #expect(both.steps.first?.target == "/etc/systemd/system/web.service")
    #expect(both.steps.count == 4)
  }

  @Test func `what cannot be done is refused with what to do`() throws {
    let root = try root()
    func refusal(_ service: Service) throws -> String {
      guard case .refused(let why) = try observe(root, service).standing else { return "-" }
      return why
    }
    #expect(try refusal(Service("static.service", enabled: true)).hasPrefix("it has no [Install]"))
    root.link("/usr/lib/systemd/system/m.target.wants/static.service", to: "../static.service")
    #expect(
      try refusal(Service("static.service", enabled: false))
        == "/usr/lib/systemd/system/m.target.wants/static.service starts it whatever links say; "
        + "say masked: true")
    #expect(try observe(root, Service("static.service", enabled: true)).holds)
    root.link("/etc/systemd/system/www.service", to: "/opt/other.service")
    #expect(
      try refusal(Service("web.service", enabled: true))
        == "/etc/systemd/system/www.service leads to /opt/other.service already")
    root.write("/etc/systemd/system/own.service", "[Service]\nExecStart=/x\n")
    #expect(
      try refusal(Service("own.service", masked: true))
        == "/etc/systemd/system/own.service describes the unit, where its mask would be; "
        + "move that file away first")
    root.link("/usr/lib/systemd/system/vendor.service", to: "/dev/null")
    #expect(
      try refusal(Service("vendor.service", masked: false))
        == "/usr/lib/systemd/system/vendor.service masks it and is not ours to remove")
    root.link("/etc/systemd/system/name.service", to: "/usr/lib/systemd/system/web.service")
    #expect(
      try refusal(Service("name.service", enabled: true))
        == "it is only another name of web.service; name that in the playbook")
    #expect(
      try observe(root, Service("gone.service", masked: true)).standing
        == .notApplicable("there is no gone.service"))
    #expect(
      try refusal(Service("gone.service", enabled: true, isMissingAllowed: false))
        .hasPrefix("there is no such unit"))
  }

  @Test func `only other units are enabled along`() throws {
    let root = try root()
    root.write("/usr/lib/systemd/system/pair.service", "[Service]\n[Install]\nAlso=web.service\n")
    let observation = try observe(root, Service("pair.service", enabled: true))
    #expect(observation.steps.count == 4)
    #expect(observation.lines.first?.hasPrefix("boot indirect") == true)
  }

  @Test func `an image has nothing that runs, and here no systemd does`() throws {
    let root = try root()
    #expect(try observe(root, Service("web.service", running: true)).planes.isEmpty)
    guard try !Host().hasServiceManager else { return }
    let units = try Shell.run("ls /usr/lib/systemd/system/*.service 2>/dev/null | head -1")
    guard let path = units.split(separator: "\n").first, let name = path.split(separator: "/").last
    else { return }
    guard
      case .unmeasured = try Service(String(name), running: false).observe(Host(), for: .test)
        .standing
    else {
      Issue.record("\(name) was measured")
      return
    }
  }
}
