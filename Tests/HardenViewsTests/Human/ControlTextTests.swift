import HardenModel
import HardenTestSupport
import HardenViews
import Testing

@Suite struct ControlTextTests {
  @Test(arguments: ["pointers", "spool", "links", "old-one"])
  func `what it asks for and how the host stands`(id: String) throws {
    let view = try #require(ControlText(id, in: SamplePlan.plan))
    try Snapshot.check(view.text, "views/control-\(id).txt")
  }

  @Test func `a name that the plan does not know`() {
    #expect(ControlText("nope", in: SamplePlan.plan) == nil)
  }
}
