import Foundation
import HardenActuators
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

struct FileEditorTests {
  private let path = "/etc/sysctl.d/99-zz-harden.conf"

  private func edit(_ key: String, _ value: String) -> UnitEdit {
    UnitEdit(
      Address(kind: "sysctl", name: key), unit: SysctlKey(name: key).path, before: nil,
      after: SysctlFile.block(SysctlKey(name: key), value: value, playbook: "p", control: "c"))
  }

  private func order(_ edits: [UnitEdit]) -> Step {
    .editFile(
      EditFile(path: path, format: .sysctl, edits: edits, creation: Attributes(mode: Mode(0o644))))
  }

  @Test func `a file made for units goes with the last of them`() throws {
    var stage = try Stage()
    stage.root.makeDirectory("/etc/sysctl.d")
    let before = stage.snapshot()
    let step = order([edit("net.ipv4.ip_forward", "0"), edit("kernel.sysrq", "0")])
    let images = try stage.perform(step)
    #expect(stage.root.text(path)?.contains("# harden: p/c\nkernel.sysrq = 0\n") == true)
    #expect(try stage.undo(step, before: images.before, after: images.after).isEmpty)
    #expect(stage.snapshot().differences(from: before) == [])
  }

  @Test func `a new file gets the rights that the order names, an old one keeps its own`() throws {
    var stage = try Stage()
    stage.root.makeDirectory("/etc/sysctl.d")
    let step = Step.editFile(
      EditFile(
        path: path, format: .sysctl, edits: [edit("kernel.sysrq", "0")],
        creation: Attributes(mode: Mode(0o600))))
    _ = try stage.perform(step)
    #expect(stage.root.mode(path).map { $0 & 0o7777 } == 0o600)
    stage.root.write(path, "", mode: 0o640)
    _ = try stage.perform(step)
    #expect(stage.root.mode(path).map { $0 & 0o7777 } == 0o640)
  }

  @Test func `units of somebody else survive, in either order`() throws {
    var stage = try Stage()
    stage.root.makeDirectory("/etc/sysctl.d")
    let first = order([edit("kernel.sysrq", "0")])
    let second = order([edit("kernel.kptr_restrict", "2")])
    let one = try stage.perform(first)
    let two = try stage.perform(second)
    #expect(try stage.undo(first, before: one.before, after: one.after).isEmpty)
    #expect(stage.root.text(path)?.contains("kptr_restrict") == true)
    #expect(stage.root.text(path)?.contains("sysrq") == false)
    #expect(try stage.undo(second, before: two.before, after: two.after).isEmpty)
    #expect(stage.root.text(path) == nil)
  }

  @Test func `a unit that somebody changed is reported and the others go back`() throws {
    var stage = try Stage()
    stage.root.makeDirectory("/etc/sysctl.d")
    let step = order([edit("kernel.sysrq", "0"), edit("kernel.kptr_restrict", "2")])
    let images = try stage.perform(step)
    let text = try #require(stage.root.text(path))
    stage.root.write(path, text.replacing("kernel.sysrq = 0", with: "kernel.sysrq = 1"))
    let conflicts = try stage.undo(step, before: images.before, after: images.after)
    #expect(conflicts.map(\.unit) == ["\(path): kernel/sysrq"])
    #expect(stage.root.text(path)?.contains("kernel.sysrq = 1") == true)
    #expect(stage.root.text(path)?.contains("kptr") == false)
  }

  /// The label that libselinux gives `path`, from the compiled rules or from their text.
  private func label(_ stage: borrowing Stage, _ path: String) throws -> String {
    let rules = stage.root.outside("/etc/selinux/test/contexts/files/file_contexts")
    let answer = try Shell.run("selabel_lookup -b file -f \(rules) -k \(path) -t file || true")
    return answer.split(separator: " ").last.map { $0.trimmingCharacters(in: .newlines) } ?? ""
  }

  /// Whether the file of local rules is there before, and who has written it since.
  @Test(arguments: ["", "/a    --    u:r:old_t:s0\n"], [true, false])
  func `what is compiled of a rule goes with the rule, so that the text counts again`(
    original: String, isRewritten: Bool
  ) throws {
    var stage = try Stage()
    let folder = "/etc/selinux/test/contexts/files"
    let rules = "\(folder)/file_contexts.local"
    stage.root.write("\(folder)/file_contexts", "/.*    u:r:any_t:s0\n")
    if !original.isEmpty {
      stage.root.write(rules, original)
      try Shell.run(
        "cd \(stage.root.outside(folder)) && sefcontext_compile file_contexts.local && "
          + "touch -d '2 hours ago' file_contexts.local file_contexts.local.bin")
    }
    let before = (label: try label(stage, "/a"), tree: stage.snapshot())
    let line = "/a    --    u:r:new_t:s0"
    let step = Step.editFile(
      EditFile(
        path: rules, format: .lines,
        edits: [
          UnitEdit(
            Address(kind: "selinux_context", name: "/a"), unit: line,
            before: original.isEmpty ? nil : String(original.dropLast()), after: line)
        ], creation: Attributes(mode: Mode(0o644))))
    let images = try stage.perform(step)
    #expect(try label(stage, "/a") == "u:r:new_t:s0")
    try Shell.run(
      "cd \(stage.root.outside(folder)) && "
        + (isRewritten ? "cp file_contexts.local x && mv x file_contexts.local && " : "")
        + "sefcontext_compile file_contexts.local")
    #expect(try label(stage, "/a") == "u:r:new_t:s0")
    #expect(try stage.undo(step, before: images.before, after: images.after).isEmpty)
    #expect(try label(stage, "/a") == before.label)
    #expect(stage.root.text("\(rules).bin") == nil)
    // Nothing else is different: only a compiled form that was there is gone until the next compiling.
    #expect(
      stage.snapshot().differences(from: before.tree).allSatisfy { $0.contains("local.bin") })
  }

  @Test func `what was compiled before the run is what was compiled of the text that comes back`()
    throws
  {
    var stage = try Stage()
    let folder = "/etc/selinux/test/contexts/files"
    stage.root.write("\(folder)/file_contexts", "/.*    u:r:any_t:s0\n")
    stage.root.write("\(folder)/file_contexts.local", "/a    --    u:r:old_t:s0\n")
    try Shell.run(
      "cd \(stage.root.outside(folder)) && sefcontext_compile file_contexts.local && "
        + "touch -d '2 hours ago' file_contexts.local file_contexts.local.bin")
    let before = stage.snapshot()
    let step = Step.editFile(
      EditFile(
        path: "\(folder)/file_contexts.local", format: .lines,
        edits: [
          UnitEdit(
            Address(kind: "selinux_context", name: "/b"), unit: "/b u:r:b_t:s0", before: nil,
            after: "/b u:r:b_t:s0")
        ]))
    let images = try stage.perform(step)
    #expect(try stage.undo(step, before: images.before, after: images.after).isEmpty)
    #expect(stage.snapshot().differences(from: before) == [])
  }

  @Test func `a line is changed wherever it stands and no other byte`() throws {
    var stage = try Stage()
    let text = "a\n\tx = 1 \nb\r\n\tx = 1 \nlast without end"
    stage.root.write("/etc/ufw/sysctl.conf", text)
    let before = stage.snapshot()
    let step = Step.editFile(
      EditFile(
        path: "/etc/ufw/sysctl.conf", format: .lines,
        edits: [
          UnitEdit(
            Address(kind: "sysctl", name: "x"), unit: "\tx = 1 ", before: "\tx = 1 ",
            after: "# \tx = 1 ")
        ]))
    let images = try stage.perform(step)
    #expect(
      stage.root.text("/etc/ufw/sysctl.conf") == "a\n# \tx = 1 \nb\r\n# \tx = 1 \nlast without end")
    #expect(try stage.undo(step, before: images.before, after: images.after).isEmpty)
    #expect(stage.snapshot().differences(from: before) == [])
  }
}
