package import HardenModel

/// A plan as machines read it: everything but the contents of files and the before-images.
package struct PlanJSON: Encodable {
  private let plan: Plan
  private let seal: String?

  /// The machine's view of `plan`; `seal` says what kept its planner from writing.
  package init(_ plan: Plan, seal: String? = nil) {
    self.plan = plan
    self.seal = seal
  }

  private enum CodingKeys: String, CodingKey {
    case id, kind, tool, created, expires, host, playbooks, sources, selection, counts, controls
    case changes, steps, orphans, undoes, obstacles, warnings, seal
  }

  /// Writes the members in the shape that `format_version` 1 names.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(plan.id, forKey: .id)
    try container.encode(plan.kind, forKey: .kind)
    try container.encode(plan.tool, forKey: .tool)
    try container.encode(Moment.rfc3339(plan.created), forKey: .created)
    try container.encode(Moment.rfc3339(plan.expires), forKey: .expires)
    try container.encode(plan.host, forKey: .host)
    try container.encode(plan.playbooks, forKey: .playbooks)
    try container.encode(plan.sources, forKey: .sources)
    try container.encode(plan.selection, forKey: .selection)
    try container.encode(Counts(plan), forKey: .counts)
    try container.encode(plan.controls.map(ControlJSON.init), forKey: .controls)
    try container.encode(plan.changes.map(ChangeJSON.init), forKey: .changes)
    try container.encode(plan.steps.map(StepJSON.init), forKey: .steps)
    try container.encode(plan.orphans, forKey: .orphans)
    try container.encode(plan.undoes, forKey: .undoes)
    try container.encode(plan.obstacles, forKey: .obstacles)
    try container.encode(plan.warnings, forKey: .warnings)
    try container.encodeIfPresent(seal, forKey: .seal)
  }

  private struct Counts: Encodable {
    var controls: [String: Int]
    var resources: Int
    var changes: [String: Int]
    var drifted: Int
    var undo: [String: Int]

    init(_ plan: Plan) {
      controls = Dictionary(
        uniqueKeysWithValues: Verdict.allCases.map { ($0.rawValue, plan.count($0)) })
      resources = plan.resources.count
      changes = Dictionary(plan.changes.map { ($0.action.rawValue, 1) }, uniquingKeysWith: +)
      drifted = plan.drift.count
      undo = Dictionary(
        uniqueKeysWithValues: plan.reversibilities.map { ($0.class.rawValue, $0.count) })
    }
  }
}

/// One control with its verdict.
struct ControlJSON: Encodable {
  var id, playbook, title: String
  var why: String?
  var at: PositionJSON
  var refs: [String: [String]]
  var severity: Severity
  var tags: [String]
  var verdict: Verdict
  var reason: String?
  var resources: [Address]

  init(_ control: ControlVerdict) {
    (id, playbook, title) = (control.id, control.playbook, control.title)
    why = control.why
    at = PositionJSON(control.at)
    refs = control.refs
    severity = control.severity
    tags = control.tags
    verdict = control.verdict
    reason = control.reason
    resources = control.resources
  }
}

/// A position in a file that a person wrote; `length` 0 means that only the position is known.
struct PositionJSON: Encodable {
  var file: String
  var line, column, length: Int

  init(_ range: SourceRange) {
    file = range.file
    (line, column, length) = (range.line, range.column, range.length)
  }
}
