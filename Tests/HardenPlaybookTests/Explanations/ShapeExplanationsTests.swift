import HardenModel
import Testing

@testable import HardenPlaybook

@Suite struct ShapeExplanationsTests {
  /// A playbook with `example` where it belongs.
  private func playbook(_ example: String) -> String {
    switch example.prefix(while: { $0 != ":" }) {
    case "sysctl": Loading.playbook("controls:\n  - id: a\n    ensure:\n      - \(example)\n")
    case "severity": Loading.playbook("controls:\n" + Loading.control("a", ", \(example)"))
    case "mode":
      Loading.playbook("controls:\n  - {id: a, ensure: [file: {path: /a, \(example)}]}\n")
    case "substitute":
      Loading.playbook(
        "controls:\n  - {id: a, ensure: [file: {path: /a, content: x, \(example)}]}\n")
    case "requires": Loading.playbook("\(example)\ncontrols:\n" + Loading.control("a"))
    default: example + "\ncontrols:\n" + Loading.control("a")
    }
  }

  @Test(arguments: [
    DiagnosticCode.unknownKey, .missingKey, .wrongType, .wrongValue, .ambiguousMode,
    .formatVersion, .requirement,
  ])
  func `the wrong example has the mistake and the right one has none`(code: DiagnosticCode) throws {
    let wrong = try Loading().load(playbook(try #require(code.explanation.wrong)))
    #expect(wrong.diagnostics.map(\.code).contains(code))
    let right = try Loading().load(playbook(try #require(code.explanation.right)))
    #expect(right.diagnostics == [])
  }
}
