import HardenModel
import HardenTestSupport
import Testing

@testable import HardenViews

@Suite struct ReportFormatTests {
  static let assessment = Assessment(
    SamplePlan.plan, .apply, after: Report(run: 12, ending: .restored, failure: "it <b>failed</b>"))

  @Test(arguments: ReportFormat.allCases)
  func `every form has everything in it`(format: ReportFormat) throws {
    let suffix =
      switch format {
      case .text: "txt"
      case .junit: "xml"
      case .html: "html"
      case .prometheus: "prom"
      case .json, .sarif, .inspec, .oscal: "json"
      }
    let text = try format.text(Self.assessment, exit: .failed)
    try Snapshot.check(text, "views/assessment-\(format.rawValue).\(suffix)")
    #expect(text.hasSuffix("\n"))
    #expect(!text.unicodeScalars.contains { $0 != "\n" && Escaped.isHidden($0) })
  }
}
