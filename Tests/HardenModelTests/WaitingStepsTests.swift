import HardenModel
import Testing

@Suite struct WaitingStepsTests {
  private func plan(_ steps: [(Step, [String])], live: [String]) -> Plan {
    var plan = Plan(
      kind: .apply, tool: "t", created: 0,
      host: HostIdentity(
        machine: .zero, boot: nil, name: "h", system: "s", kernel: nil, root: "/"))
    plan.steps = steps.map { PlannedStep($0, for: $1.map { Address(kind: "k", name: $0) }) }
    plan.changes = Set(steps.flatMap(\.1)).sorted().map { name in
      let planes: [Plane] = live.contains(name) ? [.now, .file] : [.file]
      return Change(
        Address(kind: "k", name: name), action: .update, control: "c", at: nil,
        planes: planes.map { PlaneState($0, observed: "0", wanted: "1", holds: false) },
        reversibility: .exact)
    }
    return plan
  }

  private func edit(_ path: String) -> Step {
    .editFile(EditFile(path: path, format: .lines, edits: []))
  }

  @Test func `durable halves and what the kernel keeps wait, everything else does not`() {
    let key = SysctlKey(path: "kernel/x")
    let plan = plan(
      [
        (.setSysctl(SetSysctl(key, before: "0", after: "1")), ["a"]),
        (.writeFile(WriteFile(path: "/f", before: .absent, after: .absent)), ["f"]),
        (edit("/both"), ["a"]), (edit("/only-a-file"), ["e"]), (edit("/mixed"), ["a", "e"]),
        (.setSysctl(SetSysctl(key, before: "0", after: "1", oneWay: true)), ["o"]),
      ], live: ["a", "o"])
    #expect(plan.waitingSteps(nil) == [2, 5] && plan.waitingSteps(.revert) == [2, 5])
    let reader = Step.setUnit(.reread(unit: "u", owner: .sshd, paths: ["/r"]))
    let read = self.plan([(edit("/r"), ["r"]), (reader, ["r"])], live: ["r"])
    #expect(read.waitingSteps(nil) == [])
    // What is to hold after a reboot has to be on the disk when it comes.
    #expect(plan.waitingSteps(.probe) == [5])
  }
}
