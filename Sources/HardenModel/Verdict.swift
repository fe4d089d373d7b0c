/// What harden says about one control on one host.
package enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
  /// Every resource is as wanted on every plane.
  case holds
  /// Something differs and no earlier run had set it.
  case differs
  /// Something differs that an earlier run had set.
  case drifted
  /// Done as far as possible; the rest waits for confirm or for a reboot.
  case pending
  /// Its condition is false here, or the host has no such thing.
  case notApplicable = "not applicable"
  /// Somebody answers for leaving it as it is, until a date.
  case waived
  /// Something could not be read, so neither pass nor fail is known.
  case unmeasured
  /// Only a person can check it.
  case manual
}

/// One control in a plan or report: what was asked, and what was found.
package struct ControlVerdict: Hashable, Sendable, Codable {
  /// The control's id, unique over all playbooks of the plan.
  package var id: String
  /// The playbook that asks for it, the owner of what it sets.
  package var playbook: String
  /// One sentence saying what holds.
  package var title: String
  /// Why anybody wants it.
  package var why: String?
  /// Where it stands.
  package var at: SourceRange
  /// Standards and their clauses.
  package var refs: [String: [String]]
  /// How bad its absence is.
  package var severity: Severity
  /// Labels for profiles and selection.
  package var tags: [String]
  /// The verdict.
  package var verdict: Verdict
  /// Why the verdict is what it is, where it needs a reason: the false condition, the waiver.
  package var reason: String?
  /// The resources that were compared.
  package var resources: [Address]

  /// A verdict on one control.
  package init(
    id: String, playbook: String, title: String, why: String? = nil, at: SourceRange,
    refs: [String: [String]] = [:], severity: Severity = .medium, tags: [String] = [],
    verdict: Verdict, reason: String? = nil, resources: [Address] = []
  ) {
    self.id = id
    self.playbook = playbook
    self.title = title
    self.why = why
    self.at = at
    self.refs = refs
    self.severity = severity
    self.tags = tags
    self.verdict = verdict
    self.reason = reason
    self.resources = resources
  }
}

/// How bad it is when a control does not hold.
package enum Severity: String, Hashable, Sendable, Codable, CaseIterable { case low, medium, high }

/// An accepted exception: who answers for it, and until when.
package struct Waiver: Hashable, Sendable, Codable {
  /// The id of the waived control.
  package var control: String
  /// The last day on which it counts, `YYYY-MM-DD`.
  package var until: String
  /// Who answers for it.
  package var owner: String
  /// Why.
  package var reason: String
  /// Where it was agreed.
  package var ticket: String?
  /// Where it stands.
  package var at: SourceRange

  /// A waiver of `control` until the end of the day `until`.
  package init(
    control: String, until: String, owner: String, reason: String, ticket: String? = nil,
    at: SourceRange
  ) {
    self.control = control
    self.until = until
    self.owner = owner
    self.reason = reason
    self.ticket = ticket
    self.at = at
  }

  /// Whether it still counts on the day `today` (`YYYY-MM-DD`).
  package func isActive(on today: String) -> Bool { today <= until }
}
