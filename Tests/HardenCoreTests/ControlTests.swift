import HardenCore
import HardenModel
import Testing

@Suite struct ControlTests {
  @Test func `a control without a title is called by its id`() {
    let at = SourceRange(file: "f", line: 1, column: 1)
    #expect(Control(id: "a", playbook: "p", at: at).title == "a")
    #expect(Control(id: "a", playbook: "p", title: "t", at: at).title == "t")
  }
}
