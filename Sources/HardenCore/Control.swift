package import HardenModel

/// One requirement of a playbook, with the resources that ensure it.
package struct Control: Sendable {
  /// Unique over all playbooks of a plan.
  package var id: String
  /// The playbook that asks for it.
  package var playbook: String
  /// One sentence saying what holds; the id where the playbook gives none.
  package var title: String
  /// Why anybody wants it.
  package var why: String?
  /// Standards and their clauses.
  package var refs: [String: [String]]
  /// How bad its absence is.
  package var severity: Severity
  /// Labels for profiles and selection.
  package var tags: [String]
  /// When it applies; nil means always.
  package var condition: Condition?
  /// Ids of controls that come first.
  package var after: [String]
  /// What a person must check, for controls that only a person can.
  package var manual: String?
  /// Whether its risk is high, so that applying asks for more than a yes.
  package var isRisky: Bool
  /// What it ensures.
  package var resources: [Resource]
  /// Where it stands.
  package var at: SourceRange

  /// A control; see the properties.
  package init(
    id: String, playbook: String, title: String? = nil, why: String? = nil,
    refs: [String: [String]] = [:], severity: Severity = .medium, tags: [String] = [],
    condition: Condition? = nil, after: [String] = [], manual: String? = nil,
    isRisky: Bool = false, resources: [Resource] = [], at: SourceRange
  ) {
    self.id = id
    self.playbook = playbook
    self.title = title ?? id
    self.why = why
    self.refs = refs
    self.severity = severity
    self.tags = tags
    self.condition = condition
    self.after = after
    self.manual = manual
    self.isRisky = isRisky
    self.resources = resources
    self.at = at
  }
}

/// Everything that the playbooks of one command ask for, resolved and free of mistakes.
package struct Baseline: Sendable {
  /// The names of the playbooks named on the command line.
  package var playbooks: [String]
  /// Every file that was read.
  package var sources: [SourceFile]
  /// Every control, in playbook order.
  package var controls: [Control]
  /// Every waiver.
  package var waivers: [Waiver]
  /// What must work once a run is done.
  package var canary: [CanaryProbe]

  /// A baseline; see the properties.
  package init(
    playbooks: [String], sources: [SourceFile], controls: [Control], waivers: [Waiver] = [],
    canary: [CanaryProbe] = []
  ) {
    self.playbooks = playbooks
    self.sources = sources
    self.controls = controls
    self.waivers = waivers
    self.canary = canary
  }
}
