import HardenModel
import HardenTestSupport
import HardenViews
import Testing

@Suite struct PlanTextTests {
  @Test func `the concise plan`() throws {
    try Snapshot.check(
      PlanText(SamplePlan.plan, savedTo: "web07.plan", next: "harden apply web07.plan").text,
      "views/plan.txt")
  }

  @Test func `the full plan`() throws {
    try Snapshot.check(PlanText(SamplePlan.plan, isFull: true).text, "views/plan-full.txt")
  }

  @Test func `the plan in colour`() throws {
    try Snapshot.check(PlanText(SamplePlan.plan, style: .coloured).text, "views/plan-colour.txt")
  }

  @Test func `a rollback is the same layout`() throws {
    var changes = SamplePlan.changes.prefix(2).map { $0 }
    for index in changes.indices {
      (changes[index].control, changes[index].at, changes[index].drifted) = ("", nil, nil)
    }
    changes.append(SamplePlan.changes[5])
    changes[2].refusal = "somebody changed it since run 14"
    let plan = SamplePlan.make(
      kind: .rollback, changes: changes, steps: SamplePlan.steps, undoes: [14, 13])
    try Snapshot.check(PlanText(plan, next: "harden rollback 14").text, "views/plan-rollback.txt")
  }

  @Test func `a plan that cannot be applied names why and no next command`() {
    let text = PlanText(
      SamplePlan.make(steps: SamplePlan.steps, obstacles: ["the waiver of a has ended"]),
      next: "harden apply x"
    ).text
    #expect(text.contains("in the way: the waiver of a has ended\n"))
    #expect(!text.contains("harden apply x"))
  }

  @Test func `nothing to do is said`() {
    let text = PlanText(
      SamplePlan.make(controls: [SamplePlan.control("a", .holds)], root: "/mnt/x")
    ).text
    #expect(text.contains("compared 1 control, 0 resources with /mnt/x: 1 holds\n"))
    #expect(text.contains("root /mnt/x"))
    #expect(text.hasSuffix("Plan 070707070707: nothing to do.\n"))
  }

  @Test func `without colour there is no control character, whatever the plan holds`() {
    for isFull in [false, true] {
      let text = PlanText(SamplePlan.plan, isFull: isFull).text
      #expect(!text.unicodeScalars.contains { $0 != "\n" && Escaped.isHidden($0) })
    }
  }

  @Test func `contents are in no view`() throws {
    #expect(!PlanText(SamplePlan.plan, isFull: true).text.contains("secret"))
    #expect(
      !(try JSONDocument("plan", PlanJSON(SamplePlan.plan), exit: .success).text()).contains(
        "secret"))
  }
}
