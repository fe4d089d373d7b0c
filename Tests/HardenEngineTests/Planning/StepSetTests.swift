import HardenModel
import Testing

@testable import HardenEngine

@Suite struct StepSetTests {
  private func edit(
    _ unit: String, _ after: String?, in path: String = "/f", _ format: FileFormat = .lines
  ) -> Step {
    .editFile(
      EditFile(
        path: path, format: format,
        edits: [
          UnitEdit(Address(kind: "k", name: unit), unit: unit, before: nil, after: after)
        ]))
  }

  private func attributes(_ after: Attributes, before: Attributes = Attributes()) -> Step {
    .setAttributes(SetAttributes(path: "/f", isDirectory: false, before: before, after: after))
  }

  private func set(_ steps: Step...) throws -> StepSet {
    var set = StepSet()
    for (asker, step) in steps.enumerated() { try set.add(step, for: asker) }
    return set
  }

  @Test func `edits of one file are one step, in the order of asking`() throws {
    let entries = try set(
      edit("b", "1"), edit("a", "1"), edit("x", "1", in: "/g"), edit("b", "1")
    ).entries
    #expect(entries.map(\.askers) == [[0, 1, 3], [2]])
    guard case .editFile(let order) = entries[0].step else {
      Issue.record("it is no edit")
      return
    }
    #expect(order.edits.map(\.unit) == ["b", "a"])
  }

  /// A watch is another rule to the kernel once the folder that it names is planned.
  @Test func `a rule that became another one is loaded as that one only`() throws {
    let rule = { (code: UInt32) -> AuditRuleData in
      var rule = AuditRuleData(list: 4, action: 2)
      rule.fields = [.init(code, 0, UInt32(1))]
      return rule
    }
    let order = { (address: String, rules: [AuditRuleData]) in
      Step.editAuditRules(
        EditAuditRules(
          rules.map {
            EditAuditRules.Edit(
              Address(kind: "audit_rule", name: address), text: "-w /\(address)", rule: $0,
              before: false, after: true)
          }))
    }
    let entries = try set(
      order("a", [rule(105)]), order("b", [rule(7)]), order("a", [rule(107), rule(7)]),
      order("a", [rule(107)])
    ).entries
    guard case .editAuditRules(let merged)? = entries.first?.step, entries.count == 1 else {
      Issue.record("\(entries)")
      return
    }
    #expect(merged.edits.map(\.rule) == [rule(7), rule(107)])
  }

  @Test func `an asker is named once, whenever it asks`() throws {
    var set = StepSet()
    for asker in [0, 1, 0] { try set.add(edit("u\(asker)", "1"), for: asker) }
    #expect(set.entries.map(\.askers) == [[0, 1]])
  }

  @Test func `two texts for one unit are a contradiction between its askers`() throws {
    #expect {
      try set(edit("a", "1"), edit("b", "1"), edit("b", "2"))
    } throws: { error in
      let clash = error as? StepSet.Contradiction
      return clash?.unit == "/f" && clash?.first == 0 && clash?.second == 2
    }
  }

  @Test func `one value for two controls is one line, whoever the comment names`() throws {
    let one = edit("a", "# harden: p/one\na = 1", .sysctl)
    #expect(try set(one, edit("a", "# harden: p/two\na = 1", .sysctl)).entries.count == 1)
    #expect(throws: StepSet.Contradiction.self) {
      try set(one, edit("a", "# harden: p/two\na = 2", .sysctl))
    }
    #expect(throws: StepSet.Contradiction.self) {
      try set(edit("a", "# p/one\na = 1"), edit("a", "# p/two\na = 1"))
    }
  }

  private func edit(_ unit: String, _ after: String?, _ format: FileFormat) -> Step {
    edit(unit, after, in: "/f", format)
  }

  @Test func `attributes of one path add up unless they differ`() throws {
    let entries = try set(
      attributes(Attributes(owner: .id(1), xattrs: ["user.a": Bytes([1])])),
      attributes(Attributes(mode: Mode(0o600), xattrs: ["user.b": nil], flags: 2))
    ).entries
    guard entries.count == 1, case .setAttributes(let order) = entries[0].step else {
      Issue.record("it is \(entries)")
      return
    }
    #expect(
      order.after
        == Attributes(
          owner: .id(1), mode: Mode(0o600),
          xattrs: ["user.a": Bytes([1]), "user.b": nil], flags: 2))
    for (one, other) in [
      (Attributes(owner: .id(1)), Attributes(owner: .id(2))),
      (Attributes(group: .id(1)), Attributes(group: .id(2))),
      (Attributes(mode: Mode(1)), Attributes(mode: Mode(2))),
      (Attributes(flags: 1), Attributes(flags: 2)),
      (Attributes(xattrs: ["user.a": Bytes([1])]), Attributes(xattrs: ["user.a": nil])),
    ] {
      #expect(throws: StepSet.Contradiction.self) { try set(attributes(one), attributes(other)) }
      #expect(try set(attributes(one), attributes(one)).entries.count == 1)
    }
  }

  @Test func `a parameter and a path have one value each`() throws {
    let key = SysctlKey(path: "kernel/sysrq")
    let zero = Step.setSysctl(SetSysctl(key, before: "1", after: "0"))
    #expect(try set(zero, .setSysctl(SetSysctl(key, before: "1", after: "0x0"))).entries.count == 1)
    #expect(throws: StepSet.Contradiction.self) {
      try set(zero, .setSysctl(SetSysctl(key, before: "1", after: "2")))
    }
    let gone = Step.writeFile(
      WriteFile(path: "/f", before: FileState(.directory), after: .absent))
    #expect(try set(gone, gone).entries.count == 1)
    #expect(throws: StepSet.Contradiction.self) {
      try set(
        gone,
        .writeFile(
          WriteFile(path: "/f", before: FileState(.directory), after: FileState(.directory))))
    }
  }
}
