import HardenModel
import HardenYAML
import Testing

@testable import HardenPlaybook

@Suite struct TextExplanationsTests {
  @Test(arguments: [
    DiagnosticCode.syntax, .anchor, .tag, .mergeKey, .duplicateKey, .manyDocuments,
  ])
  func `the wrong example has the mistake and the right one has none`(code: DiagnosticCode) throws {
    let wrong = try #require(code.explanation.wrong)
    let right = try #require(code.explanation.right)
    #expect(YAMLDocument(Array(wrong.utf8), file: "f").diagnostics.map(\.code).contains(code))
    #expect(YAMLDocument(Array(right.utf8), file: "f").diagnostics == [])
  }
}
