import HardenModel
import HardenTestSupport
import HardenViews
import Testing

@Suite struct RunJSONTests {
  @Test func `every run`() throws {
    try Snapshot.check(
      JSONDocument("runs", RunsTextTests.runs.map(RunJSON.init), exit: .success).text(),
      "views/runs.json")
  }
}
