internal import HardenModel

/// An assessment as machines read it.
struct AssessmentJSON: Encodable {
  private var occasion: Assessment.Occasion
  private var tool: String
  private var at: String
  private var host: HostIdentity
  private var playbooks: [String]
  private var plan: Digest
  private var run: Int?
  private var ending: String?
  private var failure: String?
  private var warnings: [String]
  private var counts: [String: Int]
  private var controls: [Row]

  /// The machine's view of `assessment`.
  init(_ assessment: Assessment) {
    occasion = assessment.occasion
    tool = assessment.tool
    at = Moment.rfc3339(assessment.at)
    (host, playbooks) = (assessment.host, assessment.playbooks)
    (plan, run, ending) = (assessment.plan, assessment.run, assessment.word)
    (failure, warnings) = (assessment.failure, assessment.warnings)
    counts = Dictionary(
      uniqueKeysWithValues: Verdict.allCases.map { ($0.rawValue, assessment.count($0)) })
    controls = assessment.rows.map(Row.init)
  }

  private struct Row: Encodable {
    var control: ControlJSON
    var changes: [ChangeJSON]
    var changed: Bool

    init(_ row: Assessment.Row) {
      control = ControlJSON(row.control)
      changes = row.changes.map(ChangeJSON.init)
      changed = row.isChanged
    }
  }
}
