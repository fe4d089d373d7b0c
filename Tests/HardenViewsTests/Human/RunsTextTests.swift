import HardenModel
import HardenTestSupport
import HardenViews
import Testing

@Suite struct RunsTextTests {
  static let runs = [
    RunSummary(
      number: 9, kind: .apply, state: .partlyInEffect, began: SamplePlan.day,
      ended: SamplePlan.day + 2, plan: SamplePlan.digest(1), playbooks: ["base", "web"], steps: 41,
      by: "ops (session 3)", label: "release-7", reason: "audit\u{1b}[0m finding"),
    RunSummary(
      number: 10, kind: .rollback, state: .inEffect, began: SamplePlan.day + 60,
      ended: SamplePlan.day + 61, plan: SamplePlan.digest(2), playbooks: [], undoes: [9, 8],
      steps: 3),
    RunSummary(
      number: 11, kind: .apply, state: .unfinished, began: SamplePlan.day + 120, ended: nil,
      plan: SamplePlan.digest(3), playbooks: ["base"], steps: 5),
  ]

  @Test func `the table, newest first`() throws {
    try Snapshot.check(RunsText.text(Self.runs), "views/runs.txt")
  }

  @Test func `no run is a sentence`() {
    #expect(RunsText.text([]) == "No runs on this host yet.\n")
  }
}
