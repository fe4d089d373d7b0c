import HardenActuators
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

struct AttributeSetterTests {
  @Test func `a new owner costs neither setuid nor capabilities`() throws {
    var stage = try Stage()
    stage.root.write("/etc/tool", "#!", mode: 0o4755)
    try Shell.run(
      "setcap cap_net_raw=ep \(stage.root.outside("/etc/tool")); chmod 4755 \(stage.root.outside("/etc/tool"))"
    )
    let before = stage.snapshot()
    let step = Step.setAttributes(
      SetAttributes(
        path: "/etc/tool", isDirectory: false, before: Attributes(owner: .name("root")),
        after: Attributes(owner: .name("alice"))))
    let images = try stage.perform(step)
    #expect(stage.root.mode("/etc/tool") == 0o4755)
    #expect(try Shell.run("getcap \(stage.root.outside("/etc/tool"))").contains("cap_net_raw=ep"))
    #expect(try stage.undo(step, before: images.before, after: images.after).isEmpty)
    #expect(stage.snapshot().differences(from: before) == [])
  }

  @Test func `a crash between chown and chmod is undone`() throws {
    var stage = try Stage()
    stage.root.write("/etc/tool", "#!", mode: 0o4755)
    let before = stage.snapshot()
    let step = Step.setAttributes(
      SetAttributes(
        path: "/etc/tool", isDirectory: false,
        before: Attributes(owner: .name("root"), mode: Mode(0o4755)),
        after: Attributes(owner: .name("alice"), mode: Mode(0o750))))
    let image = try Actuators.capture(step, on: stage.host()).image
    try Shell.run("chown 1000 \(stage.root.outside("/etc/tool"))")
    #expect(stage.root.mode("/etc/tool") == 0o755)
    #expect(try stage.undo(step, before: image, after: nil).isEmpty)
    #expect(stage.snapshot().differences(from: before) == [])
  }

  @Test func `each attribute is a unit of its own`() throws {
    var stage = try Stage()
    stage.root.write("/etc/file", "x", mode: 0o666)
    let step = Step.setAttributes(
      SetAttributes(
        path: "/etc/file", isDirectory: false,
        before: Attributes(owner: .name("root"), mode: Mode(0o666)),
        after: Attributes(owner: .name("alice"), mode: Mode(0o644))))
    let images = try stage.perform(step)
    try Shell.run("chmod 600 \(stage.root.outside("/etc/file"))")
    let conflicts = try stage.undo(step, before: images.before, after: images.after)
    #expect(conflicts.map(\.unit) == ["/etc/file: mode"])
    #expect(try Shell.run("stat -c '%a %u' \(stage.root.outside("/etc/file"))") == "600 0\n")
  }

  @Test func `an access list comes and goes exactly`() throws {
    var stage = try Stage()
    stage.root.write("/etc/file", "x", mode: 0o640)
    stage.root.write("/etc/model", "x", mode: 0o640)
    try Shell.run("setfacl -m u:1000:rw \(stage.root.outside("/etc/model"))")
    let list = try stage.host().xattrs("/etc/model")["system.posix_acl_access"]
    let before = stage.snapshot()
    let step = Step.setAttributes(
      SetAttributes(
        path: "/etc/file", isDirectory: false,
        before: Attributes(xattrs: ["system.posix_acl_access": nil]),
        after: Attributes(xattrs: ["system.posix_acl_access": list])))
    let images = try stage.perform(step)
    #expect(
      try Shell.run("getfacl -cpn \(stage.root.outside("/etc/file"))").contains("user:1000:rw-"))
    #expect(try stage.undo(step, before: images.before, after: images.after).isEmpty)
    #expect(stage.snapshot().differences(from: before) == [])
  }

  @Test func `what an earlier step of the run makes is put back as that step made it`() throws {
    var stage = try Stage()
    let step = Step.setAttributes(
      SetAttributes(
        path: "/etc/made", isDirectory: false, before: Attributes(mode: Mode(0o755)),
        after: Attributes(mode: Mode(0o4755))))
    let image = try Actuators.capture(step, on: stage.host()).image
    #expect(image == .file(FileState(.absent)))
    #expect(try Actuators.undo(step, before: image, after: nil, on: stage.host()) == Undo())
    stage.root.write("/etc/made", "#!", mode: 0o755)
    let made = stage.snapshot()
    let images = try stage.perform(step)
    #expect(stage.root.mode("/etc/made") == 0o4755)
    #expect(try stage.undo(step, before: image, after: images.after).isEmpty)
    #expect(stage.snapshot().differences(from: made) == [])
    #expect(try Actuators.force(step, before: image, on: stage.host()) == [])
  }
}
