import HardenModel
import Testing

@Suite struct AssessmentTests {
  private let at = SourceRange(file: "p.yaml", line: 3, column: 1)

  private func plan(awaits: PlaneState.Event? = nil) -> Plan {
    var plan = Plan(
      kind: .apply, tool: "t", created: 0,
      host: HostIdentity(
        machine: .zero, boot: nil, name: "h", system: "debian 12", kernel: nil, root: "/"))
    plan.controls = [
      ControlVerdict(id: "a", playbook: "p", title: "A", at: at, verdict: .drifted),
      ControlVerdict(id: "b", playbook: "p", title: "B", at: at, verdict: .waived),
    ]
    plan.changes = [
      Change(
        Address(kind: "file", name: "/f"), action: .update, control: "a", at: at,
        planes: [
          PlaneState(.file, observed: "1", wanted: "2", holds: false),
          PlaneState(.now, observed: "1", wanted: "2", holds: awaits == nil, awaits: awaits),
        ], reversibility: .exact)
    ]
    return plan
  }

  @Test func `a plan is told as it was found`() {
    let assessment = Assessment(plan(), .plan)
    #expect(assessment.rows.map(\.control.verdict) == [.drifted, .waived])
    #expect(assessment.rows.map(\.changes.count) == [1, 0])
    #expect(assessment.rows.allSatisfy { !$0.isChanged } && assessment.run == nil)
    #expect(assessment.count(.drifted) == 1 && assessment.count(.holds) == 0)
  }

  @Test func `what a run has made as wanted holds, and what it put back does not`() {
    let done = Assessment(plan(), .apply, after: Report(run: 7, ending: .applied))
    #expect(done.rows.map(\.control.verdict) == [.holds, .waived])
    #expect(done.rows.map(\.isChanged) == [true, false] && done.run == 7)
    let restored = Assessment(
      plan(), .apply, after: Report(run: 7, ending: .restored, failure: "no"))
    #expect(restored.rows.map(\.control.verdict) == [.drifted, .waived])
    #expect(restored.failure == "no" && !restored.rows[0].isChanged)
  }

  @Test func `what only the next boot brings is pending after a run`() {
    var report = Report(run: 1, ending: .applied)
    report.awaitsReboot = true
    let done = Assessment(plan(awaits: .reboot), .apply, after: report)
    #expect(done.ending == .applied && done.word == "pending")
    #expect(done.rows[0].control.verdict == .pending)
    #expect(done.rows[0].control.reason?.contains("reboot") == true)
  }
}
