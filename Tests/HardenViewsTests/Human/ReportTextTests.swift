import HardenModel
import HardenTestSupport
import HardenViews
import Testing

@Suite struct ReportTextTests {
  static let entries: [Report.Entry] = [
    .init(
      target: "net.ipv4.ip_forward",
      addresses: [Address(kind: "sysctl", name: "net.ipv4.ip_forward")],
      outcome: .done),
    .init(
      target: "/etc/sysctl.d/60-harden.conf",
      addresses: ["a", "b", "c", "d"].map { Address(kind: "sysctl", name: $0) }, outcome: .already),
    .init(
      target: "/etc/a\u{1b}b", addresses: [Address(kind: "file", name: "/etc/a\u{1b}b")],
      outcome: .failed("fchmod: no\u{9b}")),
    .init(target: "/etc/c", addresses: [Address(kind: "file", name: "/etc/c")], outcome: .restored),
    .init(
      target: "/etc/d", addresses: [Address(kind: "file", name: "/etc/d")],
      outcome: .conflict("mode 0600 now")),
    .init(
      target: "/etc/e", addresses: [Address(kind: "file", name: "/etc/e")],
      outcome: .unknown("neither")),
    .init(target: "/etc/f", addresses: [Address(kind: "file", name: "/etc/f")], outcome: .notBegun),
  ]

  /// A report that ends so.
  static func report(_ ending: Report.Ending) -> Report {
    Report(
      run: ending == .nothingToDo ? nil : 15, ending: ending,
      entries: ending == .nothingToDo ? [] : entries,
      failure: ending == .restored || ending == .incomplete ? "/etc/a: fchmod: no" : nil)
  }

  static let endings: [Report.Ending] = [
    .applied, .nothingToDo, .restored, .incomplete, .rolledBack, .conflicts, .recovered, .waiting,
    .reverted,
  ]

  /// A report with a canary that found one of everything.
  static var probed: Report {
    let probe = { (id: String, probe: Probe, isRequired: Bool, answer: ProbeAnswer) in
      Report.Probed(
        CanaryProbe(
          id: id, probe: probe, timeout: TimeSpan(seconds: 5), isRequired: isRequired), answer)
    }
    var report = Report(run: 15, ending: .restored, failure: "canary ssh-up: refused")
    report.probed = [
      probe("go-works", .command(words: ["/bin/go\u{1b}"], user: "nobody"), true, .holds),
      probe("units", .failedUnits, true, .notApplicable(reason: "no systemd runs here")),
      probe("wish", .writable(path: "/srv"), false, .fails(reason: "read-only\u{9b}")),
      probe("ssh-up", .tcp(address: "127.0.0.1", port: 22), true, .fails(reason: "refused")),
    ]
    return report
  }

  @Test func `a canary`() throws {
    try Snapshot.check(ReportText(Self.probed).text, "views/report-canary.txt")
  }

  @Test(arguments: [Report.Ending.applied, .nothingToDo])
  func `what nobody can make so is named at the end`(ending: Report.Ending) {
    var report = Self.report(ending)
    report.unmet = [Address(kind: "probe", name: "elf /bin/go\u{1b}")]
    let text = ReportText(report).text
    #expect(text.contains("not as wanted: probe[elf /bin/go"))
    #expect(text.contains("which is nothing that harden can change"))
    #expect(text.contains("A person is needed.") && !text.contains("\u{1b}"))
  }

  @Test func `what a reboot means to a run that waits`() {
    var report = Self.report(.waiting)
    report.onReboot = .probe
    #expect(
      ReportText(report).text.contains(
        "Unless it is confirmed by then, this host undoes it by itself.\n"
          + "After a reboot before, its canary decides.\n"))
    report.isRebooted = true
    #expect(
      ReportText(report).text.contains(
        "confirmed by then by its canary or by you, and at another reboot before, this host undoes")
    )
  }

  @Test func `a guard that does not outlive a reboot is warned of`() {
    let warning =
      "warning: no systemd runs here, so after a reboot or a power cut nothing undoes it"
    var report = Self.report(.waiting)
    #expect(!ReportText(report).text.contains(warning))
    report.isGuardMortal = true
    let text = ReportText(report).text
    #expect(text.contains("confirmed by then, this host undoes it by itself.\n"), "\(text)")
    #expect(text.hasSuffix("\n\(warning) until somebody runs: harden recover\n"), "\(text)")
  }

  @Test func `what waits for a reboot is pending, and is not said to be found as wanted`() {
    var report = Self.report(.applied)
    report.awaitsReboot = true
    let text = ReportText(report).text
    #expect(text.contains("Run 15 is pending: 1 step done, and some"), "\(text)")
    #expect(text.contains("only after the next reboot") && !text.contains("as wanted"), "\(text)")
    #expect(text.hasSuffix("To undo it: harden rollback 15\n"), "\(text)")
    report = Self.report(.nothingToDo)
    report.awaitsReboot = true
    #expect(ReportText(report).text.contains("harden plan lists it as pending"))
  }

  @Test(arguments: endings)
  func `every ending`(ending: Report.Ending) throws {
    let name = ending.rawValue.replacing(" ", with: "-")
    try Snapshot.check(ReportText(Self.report(ending)).text, "views/report-\(name).txt")
  }
}
