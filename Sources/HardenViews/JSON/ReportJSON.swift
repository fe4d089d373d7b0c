package import HardenModel

/// What a run came to, as machines read it.
package struct ReportJSON: Encodable {
  private var run: Int?
  private var ending: Report.Ending
  private var failure: String?
  private var steps: [Entry]

  /// The machine's view of `report`.
  package init(_ report: Report) {
    run = report.run
    ending = report.ending
    failure = report.failure
    steps = report.entries.map(Entry.init)
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
