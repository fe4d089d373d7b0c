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
