import HardenActuators
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@Suite(.enabled(if: Namespace.isAvailable)) struct MountSetterTests {
  private static let step = SetMountAttributes(
    path: "/mnt", before: [.relatime], after: [.noexec, .noatime])

  private static func text() throws -> String {
    try Shell.run("findmnt -rno VFS-OPTIONS /mnt || true").trimmed
  }

  @Test func `done, read back and undone, with flags of others kept`() throws {
    try Namespace.run {
      try Shell.run("mount -t tmpfs -o nosuid none /mnt")
      var stage = try LiveStage()
      let step = Step.setMountAttributes(Self.step)
      #expect(try Actuators.standing(of: step, on: Host()) == .before)
      let images = try stage.perform(step)
      #expect(try Self.text() == "rw,nosuid,noexec,noatime")
      #expect(try Actuators.standing(of: step, on: Host()) == .after)
      try Shell.run("mount -o remount,bind,nodev,nosuid,noexec,noatime /mnt")
      #expect(try stage.undo(step, before: images.before, after: images.after) == [])
      #expect(try Self.text() == "rw,nosuid,nodev,relatime")
      #expect(try stage.undo(step, before: images.before, after: images.after) == [])
    }
  }

  @Test func `each flag is a unit of its own`() throws {
    try Namespace.run {
      try Shell.run("mount -t tmpfs none /mnt")
      var stage = try LiveStage()
      let step = Step.setMountAttributes(Self.step)
      let images = try stage.perform(step)
      try Shell.run("mount -o remount,bind,noexec,strictatime /mnt")
      let conflicts = try stage.undo(step, before: images.before, after: images.after)
      #expect(conflicts.map(\.found) == ["strictatime"])
      #expect(try Self.text() == "rw")
    }
  }

  @Test func `without the mount there is nothing to undo`() throws {
    try Namespace.run {
      try Shell.run("mount -t tmpfs none /mnt")
      var stage = try LiveStage()
      let step = Step.setMountAttributes(Self.step)
      let images = try stage.perform(step)
      try Shell.run("umount /mnt")
      #expect(try stage.undo(step, before: images.before, after: images.after) == [])
    }
  }
}

extension String {
  /// Without the line feed at the end.
  var trimmed: String { hasSuffix("\n") ? String(dropLast()) : self }
}

/// The running host, on which steps are really done and undone; only in namespaces of one's own.
struct LiveStage {
  private let state = try? TemporaryRoot()

  init() throws {}

  private func writable() throws -> WritableHost {
    let path = state?.outside("/state") ?? ""
    let directory = try StateDirectory.create(path)
    guard let lock = try directory.lock() else { throw SystemError(refusing: "lock", "held") }
    return try Host().writable(
      under: lock, recording: try directory.create("scratch-\(UInt64.random(in: 0 ... .max))"))
  }

  private func perform(_ step: Step, on host: borrowing WritableHost) throws {
    try Actuators.perform(
      step, on: host,
      content: { digest throws(SystemError) in throw SystemError(refusing: "\(digest)", "unknown")
      },
      temporary: ".t")
  }

  /// What was there before and after doing `step`.
  mutating func perform(_ step: Step) throws -> (before: Image, after: Image) {
    let before = try Actuators.capture(step, on: Host()).image
    try perform(step, on: writable())
    return (before, try Actuators.capture(step, on: Host()).image)
  }

  /// What could not be undone.
  func undo(_ step: Step, before: Image, after: Image?) throws -> [Conflict] {
    let undo = try Actuators.undo(step, before: before, after: after, on: Host())
    for inverse in undo.steps { try perform(inverse, on: writable()) }
    return undo.conflicts
  }
}
