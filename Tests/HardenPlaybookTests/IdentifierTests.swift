import Testing

@testable import HardenPlaybook

@Suite struct IdentifierTests {
  @Test(arguments: ["a", "kernel-pointers", "1.5.3", "A_b", "0"])
  func `names are accepted`(text: String) { #expect(Identifier.isValid(text)) }

  @Test(arguments: [
    "", "-a", ".a", "a b", "a/b", "é", "a\n", "a[b]", String(repeating: "a", count: 129),
  ])
  func `what would confuse a command line is not`(text: String) {
    #expect(!Identifier.isValid(text))
  }
}
