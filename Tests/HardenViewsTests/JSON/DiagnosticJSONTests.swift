import HardenModel
import HardenTestSupport
import HardenViews
import Testing

@Suite struct DiagnosticJSONTests {
  @Test func `with a place and notes, and without`() throws {
    let diagnostics = [
      Diagnostic(
        .unknownKey, "unknown key 'valeu' in sysctl", at: SamplePlan.at(4),
        help: "did you mean 'value'?", notes: [.init("the control", at: SamplePlan.at(2))]),
      Diagnostic(.waiverExpired, "the waiver has ended", at: nil),
    ]
    try Snapshot.check(
      JSONDocument("diagnostics", diagnostics.map(DiagnosticJSON.init), exit: .invalid).text(),
      "views/diagnostics.json")
  }
}
