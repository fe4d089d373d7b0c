import HardenCore
import HardenModel
import HardenYAML
import Testing

@testable import HardenPlaybook

@Suite struct VariableTests {
  private func read(_ text: String) -> (Variable?, [DiagnosticCode]) {
    var reading = Reading()
    guard let root = YAMLDocument(Array(text.utf8), file: "f").root else { return (nil, []) }
    return (Variable.read(root, &reading), reading.diagnostics.map(\.code))
  }

  @Test func `a declaration is read`() throws {
    let (variable, codes) = read(
      "{type: choice, options: [a, b], default: a, cases: [{when: {os: debian}, value: b}], title: t}"
    )
    #expect(codes == [])
    let found = try #require(variable)
    #expect(found.type.name == .choice && found.type.options == ["a", "b"])
    #expect(found.usual?.text == "a")
    #expect(found.cases.map(\.condition) == [.test(.os, values: ["debian"])])
    #expect(found.cases.first?.value.text == "b")
  }

  @Test(arguments: [
    ("{default: a}", [DiagnosticCode.missingKey]), ("{type: number}", [.wrongValue]),
    ("{type: choice}", [.missingKey]), ("{type: choice, options: []}", [.missingKey]),
    ("{type: choice, options: a}", [.wrongType]), ("{type: text, options: [a]}", [.wrongValue]),
    ("{type: text, cases: [{value: a}]}", [.missingKey]), ("[a]", [.wrongType]),
  ])
  func `mistakes are found`(text: String, codes: [DiagnosticCode]) {
    #expect(read(text).1 == codes)
  }
}
