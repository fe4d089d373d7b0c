import HardenActuators
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

/// The kernel's own answers are seen in the guest; here the steps are only laid over the host.
@Suite struct SELinuxSetterTests {
  private func host(_ boolean: String?, isOn: Bool) throws -> Host {
    try Host().after([.setSELinux(SetSELinux(boolean, before: !isOn, after: isOn))], contents: [:])
  }

  @Test(arguments: [nil, "deny_ptrace"])
  func `what is on is put back to off, and off needs nothing`(boolean: String?) throws {
    let order = SetSELinux(boolean, before: false, after: true)
    let on = try host(boolean, isOn: true)
    let off = try host(boolean, isOn: false)
    #expect(try Actuators.standing(of: .setSELinux(order), on: on) == .after)
    #expect(try Actuators.standing(of: .setSELinux(order), on: off) == .before)
    #expect(try Actuators.capture(.setSELinux(order), on: off).image == .selinux(false))
    let undo = try Actuators.undo(
      .setSELinux(order), before: .selinux(false), after: .selinux(true), on: on)
    #expect(undo.steps == [.setSELinux(SetSELinux(boolean, before: true, after: false))])
    #expect(
      try Actuators.undo(.setSELinux(order), before: .selinux(false), after: nil, on: off) == Undo()
    )
    #expect(
      try Actuators.force(.setSELinux(order), before: .selinux(false), on: on) == undo.steps)
  }

  @Test func `a permissive domain is put back as a boolean is`() throws {
    let order = SetSELinux(permissive: "sshd_t", before: false, after: true)
    let on = try Host().after([.setSELinux(order)], contents: [:])
    #expect(try Actuators.standing(of: .setSELinux(order), on: on) == .after)
    #expect(try Actuators.capture(.setSELinux(order), on: on).image == .selinux(true))
    let back = [Step.setSELinux(SetSELinux(permissive: "sshd_t", before: true, after: false))]
    #expect(
      try Actuators.undo(.setSELinux(order), before: .selinux(false), after: nil, on: on).steps
        == back)
    #expect(try Actuators.force(.setSELinux(order), before: .selinux(false), on: on) == back)
    // Nothing is said of other types, and no boolean has the name.
    #expect(try on.selinux("sshd_t") == nil)
  }

  @Test func `where SELinux is gone there is nothing to put back, and nothing to do`() throws {
    let image = try TemporaryRoot()
    let order = Step.setSELinux(SetSELinux(nil, before: false, after: true))
    #expect(
      try Actuators.undo(
        order, before: .selinux(false), after: nil, on: Host(root: image.path)) == Undo())
    #expect(throws: SystemError.self) {
      try Actuators.standing(of: order, on: Host(root: image.path))
    }
  }
}
