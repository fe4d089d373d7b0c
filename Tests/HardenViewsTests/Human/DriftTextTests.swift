import HardenModel
import HardenTestSupport
import HardenViews
import Testing

@Suite struct DriftTextTests {
  private func plan(_ changes: [Change]) -> Plan {
    SamplePlan.make(controls: SamplePlan.controls, changes: changes)
  }

  @Test func `what has drifted`() throws {
    try Snapshot.check(DriftText(plan([SamplePlan.changes[0]])).text, "views/drift.txt")
  }

  @Test func `all as it was, and nothing to compare`() {
    var plan = plan([])
    #expect(DriftText(plan).text.contains("with what earlier runs had set: none drifted\n\n"))
    plan.controls.removeAll { $0.verdict != .holds }
    #expect(DriftText(plan).text.hasSuffix("with what earlier runs had set: all as they left it\n"))
    #expect(
      DriftText(SamplePlan.make()).text == "Nothing that harden did is in effect on this host.\n")
  }
}
