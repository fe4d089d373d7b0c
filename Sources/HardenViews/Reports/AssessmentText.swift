internal import HardenModel

/// An assessment for people: every control with its verdict, and what differs below it.
struct AssessmentText {
  private let assessment: Assessment
  private let style: Style

  /// The view of `assessment`, in `style`.
  init(_ assessment: Assessment, style: Style = .plain) {
    self.assessment = assessment
    self.style = style
  }

  /// The text, ending in a line feed.
  var text: String {
    var page = Page(style)
    let host = assessment.host
    page.heading(assessment.playbooks.map(Escaped.text).joined(separator: ", "))
    page.line(
      "\(Escaped.text(host.name)) (\(Escaped.text(host.system))), \(Moment.text(assessment.at))",
      indent: 2)
    for remark in (assessment.failure.map { [$0] } ?? []) + assessment.warnings {
      page.line(page.paint(Escaped.text(remark), .alarm), indent: 2)
    }
    page.gap()
    let width = min(40, assessment.rows.map { Escaped.text($0.control.id).count }.max() ?? 0)
    for row in assessment.rows {
      let control = row.control
      page.line(
        control.verdict.rawValue.padded(to: 14), Escaped.text(control.id).padded(to: width),
        Escaped.text(control.title), control.reason.map { "(\(Escaped.text($0)))" } ?? "",
        indent: 2)
      for line in row.changes.flatMap(Sentences.of) {
        page.line(Escaped.text(line), indent: 18)
      }
    }
    page.gap()
    let counts = Verdict.allCases.filter { assessment.count($0) > 0 }.map { verdict in
      "\(assessment.count(verdict)) \(VerdictList.phrase(verdict, assessment.count(verdict)))"
    }
    page.line("\(assessment.rows.count) controls: \(counts.joined(separator: ", "))")
    return page.text
  }
}
