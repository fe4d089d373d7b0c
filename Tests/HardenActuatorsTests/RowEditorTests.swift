import HardenActuators
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct RowEditorTests {
  /// The step that undoes making a user, with the scene before and after the making.
  private func undoing(_ stage: inout Stage) throws -> (step: Step, made: TreeSnapshot) {
    let making = AccountEditorTests.making()
    let images = try stage.perform(making)
    let undo = try Actuators.undo(
      making, before: images.before, after: images.after, on: stage.host())
    return (try #require(undo.steps.first), stage.snapshot())
  }

  @Test func `putting rows back can itself be undone`() throws {
    var stage = try AccountEditorTests.stage()
    let before = stage.snapshot()
    let (step, made) = try undoing(&stage)
    #expect(try Actuators.standing(of: step, on: stage.host()) == .before)
    let images = try stage.perform(step)
    #expect(try Actuators.standing(of: step, on: stage.host()) == .after)
    #expect(stage.snapshot().differences(from: before) == [])
    #expect(try stage.undo(step, before: images.before, after: images.after) == [])
    #expect(stage.snapshot().differences(from: made) == [])
  }

  @Test func `half of it stands before, so that it is gone on with`() throws {
    var stage = try AccountEditorTests.stage()
    let before = stage.snapshot()
    let (step, _) = try undoing(&stage)
    let passwd = AccountEditorTests.files[0].1
    stage.root.write("/etc/passwd", passwd)
    #expect(try Actuators.standing(of: step, on: stage.host()) == .before)
    _ = try stage.perform(step)
    #expect(stage.snapshot().differences(from: before) == [])
  }

  @Test func `a row that changed meanwhile is not overwritten`() throws {
    var stage = try AccountEditorTests.stage()
    let (step, _) = try undoing(&stage)
    stage.root.write(
      "/etc/passwd",
      (stage.root.text("/etc/passwd") ?? "").replacing("/home/bob", with: "/elsewhere"))
    let found = stage.snapshot()
    guard case .neither = try Actuators.standing(of: step, on: stage.host()) else {
      Issue.record("the change was not seen")
      return
    }
    #expect(throws: SystemError.self) { try stage.perform(step) }
    #expect(stage.snapshot() == found)
  }
}
