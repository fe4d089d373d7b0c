import HardenModel
import Testing

@Suite struct ReportExitTests {
  @Test(arguments: [
    (Report.Ending.applied, ExitCode.success, ExitCode.changes),
    (.nothingToDo, .success, .success), (.restored, .failed, .failed),
    (.incomplete, .attention, .attention), (.rolledBack, .success, .changes),
    (.conflicts, .attention, .attention), (.recovered, .success, .changes),
  ])
  func `each ending has its code`(ending: Report.Ending, code: ExitCode, detailed: ExitCode) {
    let report = Report(run: 1, ending: ending)
    #expect(report.exit() == code && report.exit(detailed: true) == detailed)
  }

  @Test func `a journal that failed is named unless a person is needed anyway`() {
    var report = Report(run: 1, ending: .restored)
    report.journalFailed = true
    #expect(report.exit() == .journal)
    report.ending = .incomplete
    #expect(report.exit() == .attention)
  }

  @Test func `waiting for a reboot has a code of its own`() {
    var report = Report(run: 1, ending: .applied)
    report.awaitsReboot = true
    #expect(report.exit() == .success && report.exit(detailed: true) == .waiting)
    report.ending = .nothingToDo
    #expect(report.exit() == .success && report.exit(detailed: true) == .waiting)
    report.ending = .restored
    #expect(report.exit(detailed: true) == .failed)
    report = Report(run: 1, ending: .waiting)
    #expect(report.exit() == .success && report.exit(detailed: true) == .waiting)
    report.ending = .reverted
    #expect(report.exit() == .success && report.exit(detailed: true) == .changes)
  }

  @Test func `what waits for a reboot is pending and never called applied`() {
    var report = Report(run: 1, ending: .applied)
    #expect(report.word == "applied")
    report.awaitsReboot = true
    #expect(report.word == "pending")
    report.ending = .nothingToDo
    #expect(report.word == "nothing to do")
    report.ending = .restored
    #expect(report.word == "restored")
  }

  @Test func `a plan tells nothing, changes, drift and nothing compared apart`() {
    var plan = Plan(
      kind: .apply, tool: "0", created: 0,
      host: HostIdentity(machine: .zero, boot: nil, name: "a", system: "b", kernel: nil, root: "/"))
    #expect(plan.exit(detailed: true) == .success)
    let address = Address(kind: "file", name: "/a")
    plan.steps = [
      PlannedStep(
        .writeFile(WriteFile(path: "/a", before: .absent, after: .absent)), for: [address])
    ]
    plan.changes = [
      Change(address, action: .update, control: "c", at: nil, planes: [], reversibility: .exact)
    ]
    #expect(plan.exit() == .success && plan.exit(detailed: true) == .changes)
    plan.changes[0].drifted = Drift(run: 1, at: 0)
    #expect(plan.exit(detailed: true) == .drift)
    plan.obstacles = [Obstacle(.nothing, "", "nothing applies")]
    #expect(plan.exit() == .refused && plan.exit(detailed: true) == .refused)
  }

  @Test func `what nobody can make so wants a person, but never hides what failed`() {
    var report = Report(run: 1, ending: .applied)
    report.unmet = [Address(kind: "probe", name: "fips")]
    for ending in [Report.Ending.applied, .nothingToDo] {
      report.ending = ending
      #expect(report.exit() == .attention && report.exit(detailed: true) == .attention)
    }
    report.ending = .restored
    #expect(report.exit() == .failed)
    report.ending = .waiting
    #expect(report.exit() == .success)
  }
}
