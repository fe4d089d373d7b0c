import HardenActuators
import HardenModel
import HardenTestSupport
import Testing

@Suite struct AccountMergeTests {
  private static let order = EditAccount(
    Account(.group, "sudo"), before: AccountClaims(members: ["root", "ann", "bin"]),
    after: AccountClaims(members: ["ann", "eve"]))

  /// What the members become when somebody has made them `found` after the step.
  private func members(_ found: String) throws -> String? {
    var stage = try AccountEditorTests.stage()
    let step = Step.editAccount(Self.order)
    let images = try stage.perform(step)
    for file in ["/etc/group", "/etc/gshadow"] {
      stage.root.write(
        file, (stage.root.text(file) ?? "").replacing("ann,eve", with: found))
    }
    #expect(try stage.undo(step, before: images.before, after: images.after) == [])
    return stage.root.text("/etc/group")?.split(separator: "\n").first { $0.hasPrefix("sudo:") }
      .map { String($0.dropFirst("sudo:x:27:".count)) }
  }

  @Test func `members are merged one by one`() throws {
    #expect(try members("ann,eve") == "root,ann,bin", "nobody else: the old text")
    #expect(try members("ann,eve,zoe") == "ann,zoe,root,bin")
    #expect(try members("eve,root") == "root,bin")
    #expect(try members("root,ann,bin") == "root,ann,bin")
  }

  @Test func `a group that is gone is a conflict`() throws {
    var stage = try AccountEditorTests.stage()
    let step = Step.editAccount(Self.order)
    let images = try stage.perform(step)
    stage.root.write("/etc/group", "root:x:0:\nann:x:1000:\n")
    let conflicts = try stage.undo(step, before: images.before, after: images.after)
    #expect(conflicts.map(\.unit) == ["/etc/group: sudo"])
  }
}
