import HardenCore
import Testing

@Suite struct ManualTests {
  @Test func `an example of several lines stays one entry`() {
    let manual = Manual(
      kind: "k", summary: "", details: "", fields: [], planes: "", undo: "",
      example: "k:\n  a: 1\n  b: 2")
    #expect(manual.entry(indent: "  ") == "  - k:\n      a: 1\n      b: 2")
  }
}
