import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct ServiceRisksTests {
  private func risks(_ root: TemporaryRoot, _ services: [Service]) throws -> [String] {
    var host = try Host(root: root.path)
    var steps: [Step] = []
    for service in services { steps += try service.observe(host, for: .test).steps }
    host = try host.after(steps, contents: [:])
    return try services.flatMap { try $0.observe(host, for: .test).risks }
  }

  @Test func `the last way in and the last clock are named`() throws {
    let root = try TemporaryRoot()
    for name in ["ssh", "chrony", "systemd-timesyncd"] {
      root.write(
        "/usr/lib/systemd/system/\(name).service",
        "[Service]\nExecStart=/x\n[Install]\nWantedBy=multi-user.target\n")
    }
    let wants = "/etc/systemd/system/multi-user.target.wants"
    root.link("\(wants)/ssh.service", to: "/usr/lib/systemd/system/ssh.service")
    root.link("\(wants)/chrony.service", to: "/usr/lib/systemd/system/chrony.service")
    #expect(
      try risks(root, [Service("ssh.service", masked: true)])
        == ["nothing but ssh.service lets people log in over the network"])
    #expect(
      try risks(root, [Service("chrony.service", enabled: false)])
        == ["nothing but chrony.service keeps the clock right"])
    #expect(
      try risks(
        root,
        [
          Service("chrony.service", enabled: false),
          Service("systemd-timesyncd.service", enabled: true),
        ]
      ).isEmpty, "another one takes its place")
    #expect(try risks(root, [Service("systemd-timesyncd.service", masked: true)]).isEmpty)
  }
}
