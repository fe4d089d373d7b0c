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

  private func text(_ report: Report) throws -> String {
    try JSONDocument("report", ReportJSON(report), exit: report.exit()).text()
  }

  @Test func `a guard that does not outlive a reboot is warned of`() throws {
    var report = ReportTextTests.report(.waiting)
    #expect(try !text(report).contains("warnings"))
    report.isGuardMortal = true
    #expect(
      try text(report).contains(
        "\"warnings\" : [\n      \"no systemd runs here, so after a reboot or a power cut nothing undoes "
          + "it until somebody runs: harden recover\"\n    ]"))
    // What was undone needs no guard.
    report.ending = .reverted
    #expect(try !text(report).contains("warnings"))
  }

  @Test func `what waits for a reboot is pending and never applied`() throws {
    var report = ReportTextTests.report(.applied)
    report.awaitsReboot = true
    let pending = try text(report)
    #expect(pending.contains("\"ending\" : \"pending\"") && !pending.contains("applied"))
    #expect(pending.contains("\"awaits\" : \"reboot\""))
    report.ending = .nothingToDo
    #expect(try text(report).contains("\"awaits\" : \"reboot\""))
    report.ending = .restored
    #expect(try !text(report).contains("awaits"))
  }

  @Test(arguments: ReportTextTests.endings)
  func `every ending`(ending: Report.Ending) throws {
    let report = ReportTextTests.report(ending)
    try Snapshot.check(
      JSONDocument("report", ReportJSON(report), exit: report.exit()).text(),
      "views/report-\(ending.rawValue.replacing(" ", with: "-")).json")
  }
}
