internal import HardenModel

/// Rules in the order in which they are matched, for asking many times what stands before one.
struct AuditOrder: Sendable {
  private let rules: [AuditRuleData]
  private var places: [AuditRuleData: Int]
  /// The places of the rules with each action, which is all that a conflict can come from.
  private var byAction: [UInt32: [Int]]
  /// Rules of the task list, which keep whole processes out.
  private var ofTasks: [Int]

  init(_ rules: [AuditRuleData]) {
    self.rules = rules
    places = Dictionary(zip(rules, 0...)) { first, _ in first }
    byAction = Dictionary(grouping: rules.indices) { rules[$0].action }
    ofTasks = rules.indices.filter { rules[$0].list == AuditRuleData.Code.task }
  }

  /// Where `rule` stands among all; nil when it is not there.
  func place(of rule: AuditRuleData) -> Int? { places[rule] }

  /// The first rule before `rule` that leaves it nothing to do, with its place and how; rules of the
  /// same action never do.
  func conflict(before rule: AuditRuleData) -> (place: Int, rule: AuditRuleData, reason: String)? {
    guard let end = places[rule] else { return nil }
    let others = byAction.filter { $0.key != rule.action }.flatMap(\.value)
    for place in Set(others + ofTasks).sorted() {
      guard place < end else { return nil }
      if let reason = rules[place].conflict(with: rule) { return (place, rules[place], reason) }
    }
    return nil
  }
}
