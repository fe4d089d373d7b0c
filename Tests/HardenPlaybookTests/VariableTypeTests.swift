import HardenCore
import HardenModel
import Testing

@testable import HardenPlaybook

@Suite struct VariableTypeTests {
  private func accepts(_ name: VariableType.Name, _ content: Node.Content) -> Bool {
    var reading = Reading()
    let node = Node(content, at: SourceRange(file: "f", line: 1, column: 1))
    let type = VariableType(name: name, options: ["a", "b"])
    let content = type.accept(node, &reading)
    #expect((content == nil) == !reading.diagnostics.isEmpty)
    return content != nil
  }

  @Test func `each type takes its own`() {
    #expect(accepts(.text, .scalar("no", quoted: false)))
    #expect(accepts(.path, .scalar("/a", quoted: false)))
    #expect(!accepts(.path, .scalar("a", quoted: false)))
    #expect(accepts(.mode, .scalar("0644", quoted: true)))
    #expect(!accepts(.mode, .scalar("644", quoted: true)))
    #expect(accepts(.integer, .scalar("-2", quoted: false)))
    #expect(!accepts(.integer, .scalar("2.0", quoted: false)))
    #expect(accepts(.boolean, .scalar("true", quoted: false)))
    #expect(!accepts(.boolean, .scalar("true", quoted: true)))
    #expect(accepts(.choice, .scalar("b", quoted: false)))
    #expect(!accepts(.choice, .scalar("c", quoted: false)))
    #expect(accepts(.list, .sequence([])))
    #expect(!accepts(.list, .scalar("a", quoted: false)))
  }

  @Test(arguments: VariableType.Name.allCases)
  func `the stand-in is of its type`(name: VariableType.Name) {
    #expect(accepts(name, VariableType(name: name, options: ["a", "b"]).standIn))
  }
}
