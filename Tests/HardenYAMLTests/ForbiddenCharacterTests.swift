import Testing

@testable import HardenYAML

@Suite struct ForbiddenCharacterTests {
  @Test(arguments: [
    "\u{0}", "\u{1B}", "\u{7F}", "\u{9B}", "\u{200B}", "\u{200E}", "\u{202E}", "\u{2028}",
    "\u{2066}", "\u{FEFF}", "\u{E0041}",
  ])
  func `what hides is forbidden`(character: Unicode.Scalar) {
    #expect(ForbiddenCharacter.name(character) != nil)
  }

  @Test(arguments: ["a", "\t", "\n", "é", "漢", "\u{301}", "\u{200D}", "👧"])
  func `what shows is allowed`(character: Unicode.Scalar) {
    #expect(ForbiddenCharacter.name(character) == nil)
  }

  @Test func `names carry the number`() {
    #expect(ForbiddenCharacter.name("\u{7}")?.contains("U+0007") == true)
    #expect(ForbiddenCharacter.name("\u{FEFF}", atStart: true)?.contains("byte order mark") == true)
  }
}
