import HardenModel
import HardenTestSupport
import HardenViews
import Testing

@Suite struct ReportJSONTests {
  @Test func `a canary`() throws {
    let report = ReportTextTests.probed
    try Snapshot.check(
      JSONDocument("report", ReportJSON(report), exit: report.exit()).text(),
      "views/report-canary.json")
  }

  @Test func `what a reboot means is told only where it means something else`() throws {
    var report = ReportTextTests.report(.waiting)
    report.onReboot = .probe
    let text = try JSONDocument("report", ReportJSON(report), exit: report.exit()).text()
    #expect(
      text.contains("\"reboot\" : \"probe\"") && text.contains("\"rebooted\" : false"), "\(text)")
  }

  @Test(arguments: ReportTextTests.endings)
  func `every ending`(ending: Report.Ending) throws {
    let report = ReportTextTests.report(ending)
    try Snapshot.check(
      JSONDocument("report", ReportJSON(report), exit: report.exit()).text(),
      "views/report-\(ending.rawValue.replacing(" ", with: "-")).json")
  }
}
