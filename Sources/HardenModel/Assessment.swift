/// What is known of every control of one host at one moment: what all reports are views of.
package struct Assessment: Hashable, Sendable {
  /// What was done when it was made.
  package enum Occasion: String, Hashable, Sendable, Codable, CaseIterable {
    /// A plan was shown.
    case plan
    /// A plan was carried out.
    case apply
    /// What earlier runs had set was compared.
    case drift
    /// Nothing but the report was wanted.
    case report
  }

  /// One control with what differs.
  package struct Row: Hashable, Sendable {
    /// The control with its verdict at the end.
    package var control: ControlVerdict
    /// What differed when the host was looked at.
    package var changes: [Change]
    /// Whether the run made those changes.
    package var isChanged = false
  }

  /// What was done when it was made.
  package var occasion: Occasion
  /// The version of harden.
  package var tool: String
  /// When, seconds since 1970.
  package var at: Int64
  /// The host.
  package var host: HostIdentity
  /// The names of the playbooks.
  package var playbooks: [String]
  /// Every control, in the order of the playbooks.
  package var rows: [Row]
  /// The plan that it comes from.
  package var plan: Digest
  /// The run, where one was begun.
  package var run: Int?
  /// How the run ended.
  package var ending: Report.Ending?
  /// The same in the word of every view.
  package var word: String?
  /// What went wrong first.
  package var failure: String?
  /// What a reader should know besides.
  package var warnings: [String]

  /// What `plan` found, and `report` says of the run that carried it out.
  package init(_ plan: Plan, _ occasion: Occasion, after report: Report? = nil) {
    self.occasion = occasion
    tool = plan.tool
    at = plan.created
    host = plan.host
    playbooks = plan.playbooks
    self.plan = plan.id
    run = report?.run
    (ending, word) = (report?.ending, report?.word)
    failure = report?.failure
    warnings = plan.warnings
    let changes = Dictionary(grouping: plan.changes) { $0.control }
    rows = plan.controls.map { Row(control: $0, changes: changes[$0.id] ?? []) }
    if report?.ending == .applied {
      for index in rows.indices where rows[index].control.verdict.isOpen { rows[index].settle() }
    }
  }

  /// The controls of each playbook, in the order in which the playbooks first appear.
  package var rowsByPlaybook: [(playbook: String, rows: [Row])] {
    var groups: [(playbook: String, rows: [Row])] = []
    for row in rows {
      let playbook = row.control.playbook
      if let index = groups.firstIndex(where: { $0.playbook == playbook }) {
        groups[index].rows.append(row)
      } else {
        groups.append((playbook, [row]))
      }
    }
    return groups
  }

  /// How many controls have `verdict`.
  package func count(_ verdict: Verdict) -> Int {
    rows.count { $0.control.verdict == verdict }
  }
}

extension Assessment.Row {
  /// The run has observed everything again: what differed is as wanted, or waits for the next boot.
  fileprivate mutating func settle() {
    isChanged = true
    // What nobody can make so is as it was.
    guard !changes.contains(where: { $0.action == .unmet }) else { return }
    let awaits = changes.contains { $0.planes.contains { $0.awaits != nil } }
    control.verdict = awaits ? .pending : .holds
    control.reason = awaits ? "done, and waits for the next reboot" : nil
  }
}

extension Verdict {
  /// Whether something differs that harden can change.
  package var isOpen: Bool { self == .differs || self == .drifted }
}
