import HardenActuators
import HardenModel
import HardenSystem
import Testing

/// Taking a module out and loading it again happens on a booted machine only: Tests/Guest.
@Suite struct ModuleLoaderTests {
  @Test func `what is not loaded is as after taking it out, and nothing is done`() throws {
    var stage = try Stage()
    let step = Step.loadModule(LoadModule("no_such_module", isLoaded: false))
    #expect(try Actuators.standing(of: step, on: stage.host()) == .after)
    let images = try stage.perform(step)
    #expect(images.before == .module(isLoaded: false))
    #expect(try stage.undo(step, before: images.before, after: images.after).isEmpty)
  }

  @Test func `what was loaded is loaded again`() throws {
    let stage = try Stage()
    let step = Step.loadModule(LoadModule("no_such_module", isLoaded: false))
    let undo = try Actuators.undo(
      step, before: .module(isLoaded: true), after: nil, on: stage.host())
    #expect(undo.steps == [.loadModule(LoadModule("no_such_module", isLoaded: true))])
  }
}
