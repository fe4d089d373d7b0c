import HardenActuators
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

/// On the machine's own audit system, which is off: rules are kept and record nothing.
@Suite(.serialized, .enabled(if: KernelAudit.isAvailable)) struct AuditRuleEditorTests {
  /// A rule that never matches, with `name` at the end of its key.
  private static func rule(_ key: String, _ name: String) -> AuditRuleData {
    var rule = AuditRuleData(list: 4, action: 2)
    _ = rule.add(syscall: 1000)
    rule.fields = [.init(210, AuditRuleData.Code.equal, Array("\(key)_\(name)".utf8))]
    return rule
  }

  private static func edit(
    _ rule: AuditRuleData, _ before: Bool, _ after: Bool, _ place: AuditPlace = .end
  ) -> EditAuditRules.Edit {
    EditAuditRules.Edit(
      Address(kind: "audit_rule", name: rule.key ?? ""), text: rule.text, rule: rule,
      before: before, after: after, place: place)
  }

  @Test func `what the kernel refuses is no success`() throws {
    let root = try TemporaryRoot()
    let state = try StateDirectory.create(root.outside("/state"))
    guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
    let host = try Host().writable(under: lock, recording: try state.create("s"))
    let absent = Self.rule("hdnabsent", "x")
    let refusal = #expect(throws: SystemError.self) {
      try host.editAuditRules([.delete(absent)], deletions: 1, expedited: nil)
    }
    #expect(refusal?.description.contains("No such file") == true, "\(refusal as Any)")
  }

  private static func names(_ key: String) throws -> [String] {
    try KernelAudit.loaded(key).map { String($0.dropFirst(key.utf8.count + 1)) }
  }

  private static func load(_ key: String, _ names: [String]) throws {
    for name in names {
      try Shell.run("auditctl -a always,exit -S 1000 -k \(key)_\(name) 2>/dev/null")
    }
  }

  /// The stage and the live one differ in their root only.
  private static func step(_ edits: [EditAuditRules.Edit]) throws -> Step {
    .editAuditRules(EditAuditRules(edits, expedited: try Host().rcuExpedited()))
  }

  @Test func `loaded, read back and unloaded, in order`() throws {
    let key = KernelAudit.key()
    defer { KernelAudit.clean(key) }
    try Self.load(key, ["p", "f", "c"])
    var stage = try LiveStage()
    let (p, r) = (Self.rule(key, "p"), Self.rule(key, "r"))
    let step = try Self.step([
      Self.edit(r, false, true, .behind(p)), Self.edit(Self.rule(key, "s"), false, true),
    ])
    #expect(try Actuators.standing(of: step, on: Host()) == .before)
    let images = try stage.perform(step)
    #expect(try Self.names(key) == ["p", "r", "f", "c", "s"])
    #expect(try Actuators.standing(of: step, on: Host()) == .after)
    #expect(try stage.undo(step, before: images.before, after: images.after) == [])
    #expect(try Self.names(key) == ["p", "f", "c"])
    #expect(try stage.undo(step, before: images.before, after: images.after) == [])
  }

  @Test func `moved rules come back to where they were`() throws {
    let key = KernelAudit.key()
    defer { KernelAudit.clean(key) }
    try Self.load(key, ["a", "b", "c", "d"])
    var stage = try LiveStage()
    let step = try Self.step([
      Self.edit(Self.rule(key, "b"), true, true, .behind(Self.rule(key, "d"))),
      Self.edit(Self.rule(key, "a"), true, false),
    ])
    let images = try stage.perform(step)
    #expect(try Self.names(key) == ["c", "d", "b"])
    #expect(try stage.undo(step, before: images.before, after: images.after) == [])
    #expect(try Self.names(key) == ["a", "b", "c", "d"])
  }

  @Test func `what others loaded and unloaded since stays so`() throws {
    let key = KernelAudit.key()
    defer { KernelAudit.clean(key) }
    try Self.load(key, ["a", "b"])
    var stage = try LiveStage()
    let step = try Self.step([
      Self.edit(Self.rule(key, "new"), false, true), Self.edit(Self.rule(key, "a"), true, false),
    ])
    let images = try stage.perform(step)
    try Self.load(key, ["theirs"])
    try Shell.run("auditctl -d always,exit -S 1000 -k \(key)_b 2>/dev/null")
    #expect(try stage.undo(step, before: images.before, after: images.after) == [])
    #expect(try Self.names(key) == ["a", "theirs"])
  }

  @Test func `a step that was ended in the middle is undone, and nobody's rule is lost`() throws {
    let key = KernelAudit.key()
    defer { KernelAudit.clean(key) }
    try Self.load(key, ["p", "f", "c"])
    let stage = try LiveStage()
    let rules = ["p", "f", "c"].map { Self.rule(key, $0) }
    let new = Self.rule(key, "r")
    let step = try Self.step([
      Self.edit(new, false, true, .behind(rules[0])), Self.edit(rules[1], true, true, .behind(new)),
      Self.edit(rules[2], true, true, .behind(rules[1])),
    ])
    let before = try Actuators.capture(step, on: Host()).image
    // As after its second message: r is loaded, f unloaded and not yet loaded again.
    try Self.load(key, ["r"])
    try Shell.run("auditctl -d always,exit -S 1000 -k \(key)_f 2>/dev/null")
    #expect(try Actuators.standing(of: step, on: Host()) == .before)
    #expect(try stage.undo(step, before: before, after: nil) == [])
    #expect(try Self.names(key) == ["p", "f", "c"])
  }

  @Test func `many deletions hurry, and the machine does as before afterwards`() throws {
    let key = KernelAudit.key()
    defer { KernelAudit.clean(key) }
    let names = (0..<60).map { "n\($0)" }
    var stage = try LiveStage()
    let step = try Self.step(names.map { Self.edit(Self.rule(key, $0), false, true) })
    let expedited = try Host().rcuExpedited()
    let images = try stage.perform(step)
    #expect(try Self.names(key) == names)
    let begin = ContinuousClock.now
    let conflicts = try stage.undo(step, before: images.before, after: images.after)
    let time = ContinuousClock.now - begin
    #expect(conflicts == [])
    #expect(try Self.names(key) == [])
    #expect(try Host().rcuExpedited() == expedited)
    #expect(time < .milliseconds(400), "each would take 6 to 16 ms without")
  }
}
