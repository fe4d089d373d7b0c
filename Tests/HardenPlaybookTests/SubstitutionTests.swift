import Testing

@testable import HardenPlaybook

@Suite struct SubstitutionTests {
  @Test(arguments: [
    ("plain", [Substitution.Part.text("plain")]), ("", [.text("")]), ("${a}", [.name("a")]),
    ("x${a}y${b}", [.text("x"), .name("a"), .text("y"), .name("b")]),
    ("$${a}", [.text("${a}")]), ("$$", [.text("$$")]), ("$$${a}", [.text("$${a}")]),
    ("cost $5", [.text("cost $5")]), ("${}", [.name("")]),
    ("${a}$${b}${c}", [.name("a"), .text("${b}"), .name("c")]),
  ])
  func `text is taken apart`(text: String, parts: [Substitution.Part]) {
    #expect(Substitution(text)?.parts == parts)
  }

  @Test func `what is open is refused`() {
    #expect(Substitution("a ${b") == nil)
    #expect(Substitution("$${b") != nil)
  }
}
