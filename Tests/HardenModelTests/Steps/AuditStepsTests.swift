import HardenModel
import HardenTestSupport
import Testing

@Suite struct AuditStepsTests {
  private static func rule(_ number: Int, list: UInt32 = 4) -> AuditRuleData {
    var rule = AuditRuleData(list: list, action: 2)
    rule.fields = [.init(0, AuditRuleData.Code.equal, UInt32(number))]
    return rule
  }

  private static func edit(
    _ number: Int, _ before: Bool, _ after: Bool, _ place: AuditPlace = .end
  ) -> EditAuditRules.Edit {
    EditAuditRules.Edit(
      Address(kind: "audit_rule", name: "\(number)"), text: "\(number)", rule: rule(number),
      before: before, after: after, place: place)
  }

  /// What the kernel makes of messages: new rules go to the end of their list, and one that is there
  /// already is refused.
  private static func run(_ script: AuditScript, on rules: [AuditRuleData]) -> [AuditRuleData]? {
    var rules = rules
    for move in script.moves {
      switch move {
      case .add(let rule):
        guard !rules.contains(rule) else { return nil }
        rules.append(rule)
      case .delete(let rule):
        guard let index = rules.firstIndex(of: rule) else { return nil }
        rules.remove(at: index)
      }
    }
    return rules.sorted { $0.list < $1.list }
  }

  @Test func `rules are added at the end, behind another one, and at the start`() {
    let rules = [1, 2, 3].map { Self.rule($0) }
    let order = EditAuditRules([
      Self.edit(4, false, true), Self.edit(5, false, true, .behind(Self.rule(1))),
      Self.edit(6, false, true, .start), Self.edit(2, true, false),
    ])
    #expect(order.applied(to: rules) == [6, 1, 5, 3, 4].map { Self.rule($0) })
  }

  @Test func `what stands behind its rule already stays where it is`() {
    let rules = [1, 2, 3].map { Self.rule($0) }
    let still = EditAuditRules([Self.edit(3, true, true, .behind(Self.rule(1)))])
    #expect(still.applied(to: rules) == rules)
    let moved = EditAuditRules([Self.edit(1, true, true, .behind(Self.rule(2)))])
    #expect(moved.applied(to: rules) == [2, 1, 3].map { Self.rule($0) })
  }

  @Test func `lists do not mix`() {
    let rules = [Self.rule(1), Self.rule(9, list: 5)]
    let order = EditAuditRules([Self.edit(2, false, true, .behind(Self.rule(9, list: 5)))])
    #expect(order.applied(to: rules) == [Self.rule(1), Self.rule(2), Self.rule(9, list: 5)])
  }

  @Test func `rules before the first change stay loaded, and what goes goes last`() {
    let rules = (1...5).map { Self.rule($0) }
    let target = [1, 2, 7, 4, 5].map { Self.rule($0) }
    let script = AuditScript(from: rules, to: target)
    #expect(
      script.moves == [
        .add(Self.rule(7)), .delete(Self.rule(4)), .add(Self.rule(4)), .delete(Self.rule(5)),
        .add(Self.rule(5)), .delete(Self.rule(3)),
      ])
    #expect(script.moved == [4, 5].map { Self.rule($0) })
    #expect(script.deletions == 3)
    #expect(AuditScript(from: rules, to: rules).moves == [])
  }

  @Test func `every script leads to its target, with one rule absent at most`() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    for _ in 0..<2000 {
      let all = (0..<8).map { Self.rule($0, list: $0 % 3 == 0 ? 5 : 4) }
      let pick = { (random: inout SeededRandom) in
        all.filter { _ in Bool.random(using: &random) }.shuffled(using: &random)
          .sorted { $0.list < $1.list }
      }
      let (from, to) = (pick(&random), pick(&random))
      let script = AuditScript(from: from, to: to)
      #expect(Self.run(script, on: from) == to, "seed \(seed)")
      let staying = Set(from).intersection(to)
      var loaded = Set(from)
      for move in script.moves {
        switch move {
        case .add(let rule): loaded.insert(rule)
        case .delete(let rule): loaded.remove(rule)
        }
        #expect(staying.subtracting(loaded).count <= 1, "seed \(seed)")
      }
    }
  }
}
