import HardenModel
import HardenResources
import Testing

@testable import HardenPlaybook

@Suite struct ControlEntryTests {
  @Test func `what is not said has its usual value`() throws {
    let loaded = try Loading().load(Loading.playbook("controls:\n" + Loading.control("a")))
    let control = try #require(loaded.baseline?.controls.first)
    #expect(control.title == "a" && control.why == nil && control.severity == .medium)
    #expect(control.tags == [] && control.condition == nil && !control.isRisky)
    #expect(control.at.line == 4 && control.at.column == 10)
    #expect(control.resources.first?.owner.control == "a")
    #expect(control.resources.first?.at.line == 4)
  }

  @Test func `if_missing of a control reaches its resources, which may say otherwise`() throws {
    let loaded = try Loading().load(
      Loading.playbook(
        """
        controls:
          - id: a
            if_missing: skip
            ensure:
              - file: {path: /a, mode: "0644"}
              - file: {path: /b, mode: "0644", if_missing: refuse}
          - id: b
            ensure:
              - file: {path: /c, mode: "0644"}

        """))
    let files = loaded.baseline?.controls.flatMap(\.resources).compactMap { $0.desired as? File }
    #expect(files?.map(\.isMissingAllowed) == [true, false, false])
  }

  @Test(arguments: [
    ("{id: a}", "H0102 4:10"), ("{id: a, manual: m, ensure: []}", "H0102 4:10"),
    ("text", "H0103 4:5"), ("{id: a, risk: grave, manual: m}", "H0104 4:19"),
    ("{id: a, manual: m, tags: [\"\"]}", "H0104 4:31"),
    ("{id: a, manual: m, refs: x}", "H0103 4:30"),
  ])
  func `mistakes are found`(control: String, code: String) throws {
    let loaded = try Loading().load(Loading.playbook("controls:\n  - \(control)\n"))
    #expect(Loading.codes(loaded).contains(code), "\(Loading.codes(loaded))")
  }
}
