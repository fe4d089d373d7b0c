import HardenModel
import HardenTestSupport
import HardenViews
import Testing

@Suite struct PlanJSONTests {
  @Test func `the whole plan but for contents`() throws {
    let text = try JSONDocument("plan", PlanJSON(SamplePlan.plan), exit: .changes).text()
    try Snapshot.check(text, "views/plan.json")
    #expect(!text.contains("secret"))
  }
}
