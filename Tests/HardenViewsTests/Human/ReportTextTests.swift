import HardenModel
import HardenTestSupport
import HardenViews
import Testing

@Suite struct ReportTextTests {
  static let entries: [Report.Entry] = [
    .init(
      target: "net.ipv4.ip_forward", addresses: [Address("sysctl[net.ipv4.ip_forward]")!],
      outcome: .done),
    .init(
      target: "/etc/sysctl.d/60-harden.conf",
      addresses: ["a", "b", "c", "d"].map { Address(kind: "sysctl", name: $0) }, outcome: .already),
    .init(
      target: "/etc/a\u{1b}b", addresses: [Address("file[/etc/a\u{1b}b]")!],
      outcome: .failed("fchmod: no\u{9b}")),
    .init(target: "/etc/c", addresses: [Address("file[/etc/c]")!], outcome: .restored),
    .init(
      target: "/etc/d", addresses: [Address("file[/etc/d]")!], outcome: .conflict("mode 0600 now")),
    .init(target: "/etc/e", addresses: [Address("file[/etc/e]")!], outcome: .unknown("neither")),
    .init(target: "/etc/f", addresses: [Address("file[/etc/f]")!], outcome: .notBegun),
  ]

  @Test(arguments: [
    Report.Ending.applied, .nothingToDo, .restored, .incomplete, .rolledBack, .conflicts,
    .recovered,
  ])
  func `every ending`(ending: Report.Ending) throws {
    let report = Report(
      run: ending == .nothingToDo ? nil : 15, ending: ending,
      entries: ending == .nothingToDo ? [] : Self.entries,
      failure: ending == .restored || ending == .incomplete ? "/etc/a: fchmod: no" : nil)
    let name = ending.rawValue.replacing(" ", with: "-")
    try Snapshot.check(ReportText(report).text, "views/report-\(name).txt")
    try Snapshot.check(
      JSONDocument("report", ReportJSON(report), exit: report.exit()).text(),
      "views/report-\(name).json")
  }
}
