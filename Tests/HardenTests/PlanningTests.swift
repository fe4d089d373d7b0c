import HardenTestSupport
import Testing

@Suite struct PlanningTests {
  @Test func `two playbooks that contradict each other are 65 with both places`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    try host.write(
      "other.yaml",
      RootedHost.banner("Welcome").replacing("name: base", with: "name: other")
        .replacing("id: banner", with: "id: welcome"))
    let result = try host.harden("plan", "playbook.yaml", "other.yaml")
    #expect(result.status == 65 && result.messages.contains("H0301"), "\(result)")
    #expect(result.messages.contains("playbook.yaml:7") && result.messages.contains("other.yaml:7"))
  }

  @Test func `an expired waiver warns, and stands in the way of an apply`() throws {
    let host = try RootedHost(
      playbook: RootedHost.banner() + """
        waivers:
          - {control: banner, until: 2020-01-01, owner: ops, reason: later}

        """)
    let plan = try host.harden("plan", "playbook.yaml")
    #expect(plan.status == 0 && plan.output.contains("in the way: "), "\(plan)")
    let apply = try host.harden("apply", "playbook.yaml", "--yes")
    #expect(apply.status == 3 && host.text("root/etc/banner") == nil, "\(apply)")
  }

  @Test func `a file that is no plan is read as a playbook`() throws {
    let host = try RootedHost()
    try host.write("x.plan", "{broken")
    #expect(try host.harden("apply", "x.plan", "--yes").status == 3)
    try host.write("y.plan", RootedHost.banner())
    #expect(try host.harden("apply", "y.plan", "--yes").status == 0)
  }
}
