import Testing

@testable import HardenYAML

@Suite struct SyntaxHelpTests {
  @Test(arguments: [
    ("a: b: c\n", "': '"), ("a:\n\tb: 1\n", "tabs"), ("a: [1, 2\nb: 3\n", "bracket"),
    ("a: 1\n b: 2\n", "': '"), ("a: \"x\n", "quote"), ("a:\n  - b\n c: d\n", "indentation"),
  ])
  func `real messages get advice`(text: String, advice: String) {
    let found = YAMLDocument(Array(text.utf8), file: "f").diagnostics.first
    #expect(found?.code == .syntax)
    #expect(found?.help?.contains(advice) == true, "\(found?.message ?? "") → \(found?.help ?? "")")
  }

  @Test func `unknown messages get none`() { #expect(SyntaxHelp.help(for: "odd") == nil) }
}
