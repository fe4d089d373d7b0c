import HardenModel
import HardenResources
import Testing

@testable import HardenPlaybook

@Suite struct CodeExplanationTests {
  @Test(arguments: DiagnosticCode.allCases)
  func `every code is explained`(code: DiagnosticCode) {
    let explanation = code.explanation
    #expect(explanation.meaning.count > 40)
    #expect((explanation.wrong == nil) == (explanation.right == nil))
    #expect(explanation.wrong == nil || explanation.wrong != explanation.right)
    #expect(explanation.text.hasPrefix(explanation.meaning))
  }

  @Test func `no two codes have one explanation`() {
    let all = DiagnosticCode.allCases.map(\.explanation.meaning)
    #expect(Set(all).count == all.count)
  }
}
