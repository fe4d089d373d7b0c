import HardenCore
import Testing

@testable import HardenPlaybook

@Suite struct ShapeWordsTests {
  @Test(arguments: [
    (Shape.text, "text"), (.boolean, "`true` or `false`"),
    (.integer(0...7), "whole number from 0 to 7"),
    (.integer(Int.min...Int.max), "whole number"), (.choice(["a", "b"]), "`a`, `b`"),
    (.either([.text, .list(.text)]), "text, or list of text"), (.named("condition"), "a condition"),
    (.pattern("^x$", example: "x"), "text like `x`"),
    (.mapping(.boolean), "mapping to `true` or `false`"),
  ])
  func `shapes have words`(shape: Shape, words: String) { #expect(shape.words == words) }
}
