package import HardenModel

/// What a run came to, as machines read it.
package struct ReportJSON: Encodable {
  private var run: Int?
  private var ending: String
  private var failure: String?
  private var until: String?
  private var reboot: OnReboot?
  private var rebooted: Bool?
  private var steps: [Entry]
  private var canary: [Probed]
  private var unmet: [Address]?
  private var awaits: PlaneState.Event?
  private var warnings: [String]?

  /// The machine's view of `report`.
  package init(_ report: Report) {
    run = report.run
    ending = report.word
    failure = report.failure
    until = report.until.map(Moment.rfc3339)
    (reboot, rebooted) = (report.onReboot, report.onReboot.map { _ in report.isRebooted })
    steps = report.entries.map(Entry.init)
    canary = report.probed.map(Probed.init)
    unmet = report.unmet.isEmpty ? nil : report.unmet
    awaits = report.awaitsReboot && report.ending.isDone ? .reboot : nil
    let warnings = ReportText.warnings(report)
    self.warnings = warnings.isEmpty ? nil : warnings
  }

  private struct Probed: Encodable {
    var id, probe, answer: String
    var required: Bool
    var reason: String?

    init(_ probed: Report.Probed) {
      (id, probe) = (probed.canary.id, probed.canary.probe.text)
      required = probed.canary.isRequired
      (answer, _, reason) = ReportText.describe(probed)
    }
  }

  private struct Entry: Encodable {
    var target: String
    var addresses: [Address]
    var outcome: String
    var reason: String?

    init(_ entry: Report.Entry) {
      target = entry.target
      addresses = entry.addresses
      (outcome, _, reason) = ReportText.describe(entry.outcome)
    }
  }
}
