import HardenActuators
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@Suite(.enabled(if: Namespace.isAvailable)) struct BindMounterTests {
  @Test func `made, found made, taken away, and harmless twice`() throws {
    try Namespace.run {
      try Shell.run("mount -t tmpfs none /mnt; mkdir /mnt/d")
      var stage = try LiveStage()
      let step = Step.bindMount(
        BindMount(path: "/mnt/d", flags: [.nosuid, .relatime], isMounted: true))
      #expect(try Actuators.standing(of: step, on: Host()) == .before)
      let images = try stage.perform(step)
      #expect(try Shell.run("findmnt -rno VFS-OPTIONS /mnt/d") == "rw,nosuid,relatime\n")
      #expect(try Actuators.standing(of: step, on: Host()) == .after)
      for _ in 0..<2 {
        #expect(try stage.undo(step, before: images.before, after: images.after) == [])
        #expect(try Shell.run("findmnt -rno TARGET /mnt/d || true") == "")
      }
    }
  }
}
