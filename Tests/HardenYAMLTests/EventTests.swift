import HardenModel
import Testing

@testable import HardenYAML

@Suite struct EventTests {
  @Test func `only a plain empty scalar without properties is nothing`() {
    let at = SourceRange(file: "f", line: 1, column: 1)
    #expect(Event(kind: .scalar("", quoted: false), range: at).isNothing)
    #expect(!Event(kind: .scalar("", quoted: true), range: at).isNothing)
    #expect(!Event(kind: .scalar("a", quoted: false), range: at).isNothing)
    #expect(!Event(kind: .scalar("", quoted: false), range: at, anchor: "a").isNothing)
    #expect(!Event(kind: .sequenceStart, range: at).isNothing)
  }
}
