import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SysctlDurableTests {
  private let own = "/etc/sysctl.d/99-zz-harden.conf"

  private func observe(_ root: TemporaryRoot, _ wanted: SysctlWanted = SysctlWanted("2")) throws
    -> Observation
  {
    try Sysctl(SysctlKey(name: "kernel.x"), wanted).observe(Host(root: root.path), for: .test)
  }

  private func converged(_ root: TemporaryRoot, _ steps: [Step]) throws -> Observation {
    let host = try Host(root: root.path).after(steps, contents: [:])
    return try Sysctl(SysctlKey(name: "kernel.x"), SysctlWanted("2")).observe(host, for: .test)
  }

  @Test func `an empty root gets the directory and the file`() throws {
    let root = try TemporaryRoot()
    let observation = try observe(root)
    #expect(observation.lines == ["file - -> 2", "boot - -> 2"])
    #expect(observation.steps.map(\.target) == ["/etc/sysctl.d", own])
    guard case .editFile(let order) = observation.steps[1] else {
      Issue.record("not an edit")
      return
    }
    #expect(order.format == .sysctl)
    #expect(order.edits[0].after == "# harden: base/test\nkernel.x = 2")
    #expect(order.creation?.mode == Mode(0o644))
    #expect(try converged(root, observation.steps).holds)
  }

  @Test func `an accepted value in the file holds, whoever owns it`() throws {
    let root = try TemporaryRoot()
    root.write(own, "# harden: other/playbook\nkernel.x = 0x2\n")
    let observation = try observe(root)
    #expect(observation.holds)
    #expect(observation.steps.isEmpty)
    #expect(observation.lines[0] == "file 0x2 (\(own):2) -> 0x2 holds")
  }

  @Test func `another value in the file is replaced with its owner`() throws {
    let root = try TemporaryRoot()
    root.write(own, SysctlFile.header + "# harden: base/old\nkernel.x = 1\n")
    let observation = try observe(root)
    guard case .editFile(let order)? = observation.steps.first else {
      Issue.record("no edit")
      return
    }
    #expect(order.edits[0].before == "# harden: base/old\nkernel.x = 1")
    #expect(order.edits[0].after == "# harden: base/test\nkernel.x = 2")
    #expect(try converged(root, observation.steps).holds)
  }

  @Test func `a later line is commented out and comes back as it stood`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/sysctl.conf", "# mine\n  kernel.x=1\nkernel.y=1\n")
    let observation = try observe(root)
    #expect(observation.lines[1] == "boot 1 (/etc/sysctl.conf:2) -> 2")
    guard case .editFile(let order)? = observation.steps.last else {
      Issue.record("no edit")
      return
    }
    #expect(order.path == "/etc/sysctl.conf")
    let text = Array("# mine\n  kernel.x=1\nkernel.y=1\n".utf8)
    let changed = order.format.applying(order.edits, to: text)
    #expect(
      String(decoding: changed, as: UTF8.self)
        == "# mine\n# replaced by harden:   kernel.x=1\nkernel.y=1\n")
    #expect(try converged(root, observation.steps).holds)
  }

  @Test func `below a bound the value that boots is what is written`() throws {
    let root = try TemporaryRoot()
    var wanted = SysctlWanted("3")
    wanted.any = []
    wanted.atLeast = 3
    wanted.keepsAccepted = true
    #expect(try observe(root, wanted).lines == ["file - -> 3", "boot - -> 3"])
  }

  @Test func `a link in the place of our own file is refused`() throws {
    let root = try TemporaryRoot()
    root.link(own, to: "/dev/null")
    #expect(try observe(root).standing == .refused("\(own) is not a regular file; move it away"))
  }

  @Test func `what cannot be read leaves the boot unmeasured`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/sysctl.d/a.conf", [UInt8](repeating: 0x23, count: 2 << 20))
    guard case .unmeasured(let why) = try observe(root).standing else {
      Issue.record("it was measured")
      return
    }
    #expect(why.contains("/etc/sysctl.d/a.conf"))
  }
}
