package import HardenModel

/// The runs of a host as a table, newest first.
package enum RunsText {
  /// The table, ending in a line feed; a sentence when there is no run.
  package static func text(_ runs: [RunSummary], style: Style = .plain) -> String {
    var page = Page(style)
    guard !runs.isEmpty else {
      page.line("No runs on this host yet.")
      return page.text
    }
    let rows = runs.sorted { $0.number > $1.number }.map(row)
    let titles = ["RUN", "WHAT", "STATE", "BEGAN", "STEPS", "PLAN"]
    let widths = titles.indices.map { column in
      ([titles] + rows.map(\.cells)).map { $0[column].count }.max() ?? 0
    }
    page.line(page.paint(aligned(titles, widths) + "  ABOUT", .heading))
    for row in rows {
      page.line(aligned(row.cells, widths), row.about)
    }
    return page.text
  }

  private static func aligned(_ cells: [String], _ widths: [Int]) -> String {
    zip(cells, widths).map { $0.padded(to: $1) }.joined(separator: "  ")
  }

  private static func row(_ run: RunSummary) -> (cells: [String], about: String) {
    let about =
      run.undoes.isEmpty ? listed(run.playbooks) : "undoes \(listed(run.undoes.map(String.init)))"
    return (
      [
        "\(run.number)", run.kind.rawValue, run.state.rawValue, Moment.text(run.began),
        "\(run.steps)", run.plan.short,
      ],
      [about, run.label.map { "[\(Escaped.text($0))]" }, run.reason.map(Escaped.text), by(run)]
        .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "  ")
    )
  }

  private static func by(_ run: RunSummary) -> String? { run.by.map { "by \(Escaped.text($0))" } }
}
