internal import HardenModel
internal import HardenSystem

/// Loads, unloads and moves rules of the running kernel.
///
/// A rule is changed by one message, several of them are not: whoever is ended in between leaves a
/// part of them done, and possibly one rule of somebody else's unloaded that was to move. So a step
/// counts as not done until all of it is, and undoing puts back whatever the before-image has.
enum AuditRuleEditor: Actuator {
  static func standing(of order: EditAuditRules, on host: borrowing Host) throws(SystemError)
    -> Standing
  {
    let rules = try host.auditState().rules
    let isDone = order.edits.allSatisfy { EditAuditRules.stands($0, in: rules) }
    guard isDone else { return .before }
    return try isSettled(order, host) ? .after : .before
  }

  /// Whether the processors hurry no more and no less than before.
  private static func isSettled(_ order: EditAuditRules, _ host: borrowing Host)
    throws(SystemError) -> Bool
  {
    guard let expedited = order.expedited else { return true }
    return try host.rcuExpedited() == expedited
  }

  static func capture(_ order: EditAuditRules, on host: borrowing Host) throws(SystemError)
    -> Capture
  {
    Capture(.auditRules(try host.auditState().rules))
  }

  static func perform(
    _ order: EditAuditRules, on host: borrowing WritableHost, content: Content, temporary: String
  ) throws(SystemError) {
    let state = try host.host.auditState()
    guard !state.status.isLocked else {
      throw SystemError(refusing: "audit rules", "they are locked until the next boot")
    }
    let script = AuditScript(from: state.rules, to: order.applied(to: state.rules))
    try host.editAuditRules(
      script.moves, deletions: script.deletions, expedited: order.expedited)
  }

  static func undo(
    _ order: EditAuditRules, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    guard case .auditRules(let original) = before else { return Undo() }
    let state = try host.auditState()
    var done: [AuditRuleData]?
    if case .auditRules(let rules)? = after { done = rules }
    let edits = AuditUndoing(order, from: original, done: done, now: state.rules).edits
    guard !edits.isEmpty else {
      let isSettled = try isSettled(order, host)
      return isSettled
        ? Undo() : Undo([.editAuditRules(EditAuditRules([], expedited: order.expedited))])
    }
    if state.status.isLocked {
      return Undo(conflicts: [
        Conflict(
          "audit rules", before: "\(original.count) rules", after: "\(edits.count) rules changed",
          found: "locked until the next boot")
      ])
    }
    return Undo([.editAuditRules(EditAuditRules(edits, expedited: order.expedited))])
  }
}

/// What puts the kernel's rules back, rule by rule; what others have loaded or unloaded since stays.
private struct AuditUndoing {
  private(set) var edits: [EditAuditRules.Edit] = []

  init(
    _ order: EditAuditRules, from original: [AuditRuleData], done: [AuditRuleData]?,
    now: [AuditRuleData]
  ) {
    let (was, loaded) = (Set(original), Set(now))
    let texts = Dictionary(order.edits.map { ($0.rule, $0) }) { first, _ in first }
    let address = order.edits.first?.address ?? Address(kind: "audit_rule", name: "")
    func edit(_ rule: AuditRuleData, _ before: Bool, _ after: Bool, _ place: AuditPlace = .end) {
      edits.append(
        EditAuditRules.Edit(
          texts[rule]?.address ?? address, text: rule.text, rule: rule, before: before,
          after: after, place: place))
    }
    for change in order.edits where !was.contains(change.rule) && loaded.contains(change.rule) {
      edit(change.rule, true, false)
    }
    // What the step took away comes back; what somebody else took away since does not.
    let removed = Set(order.edits.filter { !$0.after }.map(\.rule))
    let kept = done.map(Set.init) ?? []
    let lost = original.filter {
      !loaded.contains($0) && (removed.contains($0) || done == nil || !kept.contains($0))
    }
    let back = loaded.union(lost)
    let chain = original.filter(back.contains)
    let isMoved = order.edits.contains { $0.before && $0.after }
    guard !lost.isEmpty || isMoved, chain != now.filter(was.contains) else { return }
    var previous: [UInt32: AuditRuleData] = [:]
    for rule in chain {
      edit(rule, loaded.contains(rule), true, previous[rule.list].map(AuditPlace.behind) ?? .start)
      previous[rule.list] = rule
    }
    // What stands right already needs no word.
    edits = Self.needed(edits, in: now)
  }

  /// The edits from the first that changes anything; those before it hold as they are.
  private static func needed(_ edits: [EditAuditRules.Edit], in rules: [AuditRuleData])
    -> [EditAuditRules.Edit]
  {
    var rules = rules
    var needed: [EditAuditRules.Edit] = []
    for edit in edits {
      let next = EditAuditRules([edit]).applied(to: rules)
      if next != rules || !needed.isEmpty { needed.append(edit) }
      rules = next
    }
    return needed
  }
}
