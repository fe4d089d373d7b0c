import Foundation
import HardenModel
import Testing

@Suite struct LoadModuleTests {
  @Test func `it is written down and read back`() throws {
    let step = Step.loadModule(LoadModule("usb_storage", isLoaded: false))
    let text = try JSONEncoder().encode(step)
    #expect(String(decoding: text, as: UTF8.self).contains("\"step\":\"module\""))
    #expect(try JSONDecoder().decode(Step.self, from: text) == step)
    #expect(step.target == "module usb_storage" && step.path == nil)
    #expect(step.reversibility == .effective && step.phase == .first)
  }
}
