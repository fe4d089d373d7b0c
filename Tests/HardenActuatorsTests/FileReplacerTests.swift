import HardenActuators
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

struct FileReplacerTests {
  @Test func `a replaced file keeps what the step does not name`() throws {
    var stage = try Stage()
    stage.root.write("/etc/motd", "old\n", mode: 0o640)
    try Shell.run(
      "chown 1000:42 \(stage.root.outside("/etc/motd")); setfattr -n user.note -v x \(stage.root.outside("/etc/motd"))"
    )
    let before = stage.snapshot()
    let step = Step.writeFile(
      WriteFile(
        path: "/etc/motd", before: FileState(.file(Digest(of: Array("old\n".utf8)))),
        after: FileState(.file(stage.keep("new\n")))))
    let images = try stage.perform(step)
    #expect(stage.root.text("/etc/motd") == "new\n")
    #expect(stage.root.mode("/etc/motd") == 0o640)
    let kept = try Shell.run(
      "stat -c %u:%g \(stage.root.outside("/etc/motd")); getfattr --only-values -n user.note \(stage.root.outside("/etc/motd")) 2>/dev/null"
    )
    #expect(kept == "1000:42\nx")
    #expect(try stage.undo(step, before: images.before, after: images.after).isEmpty)
    #expect(stage.snapshot().differences(from: before) == [])
  }

  @Test(arguments: ["file", "directory", "link"]) func `what was made goes again`(_ form: String)
    throws
  {
    var stage = try Stage()
    let before = stage.snapshot()
    let after: FileState =
      switch form {
      case "file": FileState(.file(stage.keep("x")), Attributes(mode: Mode(0o600)))
      case "directory": FileState(.directory, Attributes(owner: .name("alice"), mode: Mode(0o1777)))
      default: FileState(.link("/etc/passwd"))
      }
    let step = Step.writeFile(WriteFile(path: "/etc/new", before: .absent, after: after))
    let images = try stage.perform(step)
    #expect(try Actuators.standing(of: step, on: stage.host()) == .after)
    #expect(try stage.undo(step, before: images.before, after: images.after).isEmpty)
    #expect(stage.snapshot().differences(from: before) == [])
  }

  @Test func `a removed file comes back with its times`() throws {
    var stage = try Stage()
    stage.root.write("/etc/cron.deny", "nobody\n", mode: 0o4755)
    try Shell.run(
      "touch -d '2020-02-02 02:02:02.123456789' \(stage.root.outside("/etc/cron.deny")); setfacl -m u:1000:r \(stage.root.outside("/etc/cron.deny"))"
    )
    let before = stage.snapshot()
    let step = Step.writeFile(
      WriteFile(
        path: "/etc/cron.deny", before: FileState(.file(Digest(of: Array("nobody\n".utf8)))),
        after: .absent))
    let images = try stage.perform(step)
    #expect(stage.root.text("/etc/cron.deny") == nil)
    #expect(try stage.undo(step, before: images.before, after: images.after).isEmpty)
    #expect(stage.snapshot().differences(from: before) == [])
  }

  @Test func `a file that somebody changed since is left alone`() throws {
    var stage = try Stage()
    stage.root.write("/etc/motd", "old\n")
    let step = Step.writeFile(
      WriteFile(
        path: "/etc/motd", before: FileState(.file(Digest(of: Array("old\n".utf8)))),
        after: FileState(.file(stage.keep("new\n")))))
    let images = try stage.perform(step)
    stage.root.write("/etc/motd", "theirs\n")
    let conflicts = try stage.undo(step, before: images.before, after: images.after)
    #expect(conflicts.map(\.unit) == ["/etc/motd"])
    #expect(stage.root.text("/etc/motd") == "theirs\n")
  }

  @Test func `a file that an earlier step of the run has changed is left to the undoing of that`()
    throws
  {
    let stage = try Stage()
    stage.root.write("/etc/helper", "x\n")
    let path = stage.root.outside("/etc/helper")
    try Shell.run("setfattr -n user.note -v x \(path)")
    let step = Step.writeFile(
      WriteFile(
        path: "/etc/helper", before: FileState(.file(Digest(of: Array("x\n".utf8)))),
        after: .absent))
    let whole = try Actuators.capture(step, on: stage.host()).image
    try Shell.run("setfattr -x user.note \(path)")
    let undo = try Actuators.undo(step, before: whole, after: nil, on: stage.host())
    #expect(undo.steps.isEmpty && undo.conflicts.isEmpty)
    stage.root.write("/etc/helper", "by somebody else\n")
    #expect(
      try Actuators.undo(step, before: whole, after: nil, on: stage.host()).conflicts.count == 1)
  }

  @Test func `a directory that gained a file is left alone`() throws {
    var stage = try Stage()
    let step = Step.writeFile(
      WriteFile(path: "/etc/new", before: .absent, after: FileState(.directory)))
    let images = try stage.perform(step)
    stage.root.write("/etc/new/theirs", "x")
    let conflicts = try stage.undo(step, before: images.before, after: images.after)
    #expect(conflicts.map(\.found) == ["directory holding theirs"])
    #expect(stage.root.text("/etc/new/theirs") == "x")
  }

  @Test func `an immutable file is refused before anything is touched`() throws {
    let stage = try Stage()
    stage.root.write("/etc/motd", "old\n")
    try Shell.run("chattr +i \(stage.root.outside("/etc/motd"))")
    let step = Step.writeFile(
      WriteFile(path: "/etc/motd", before: FileState(.file(.zero)), after: .absent))
    #expect(throws: SystemError.self) { try Actuators.capture(step, on: stage.host()) }
  }
}
