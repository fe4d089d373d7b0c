import HardenModel
import Testing

@testable import HardenPlaybook

@Suite struct PlaybookHeaderTests {
  @Test(arguments: [
    ("harden: 2\n", DiagnosticCode.formatVersion), ("harden: one\n", .formatVersion),
    ("harden: [1]\n", .formatVersion), ("harden: 0\n", .formatVersion),
    ("name: x\n", .formatVersion), ("name: x\nharden: 1\n", .formatVersion),
    ("harden: 1\nrequires: {harden: \">=0.2\"}\n", .requirement),
    ("harden: 1\nrequires: {harden: \"<0.1\"}\n", .requirement), ("- harden\n", .formatVersion),
  ])
  func `an unmet header is the only mistake`(head: String, code: DiagnosticCode) throws {
    let loaded = try Loading().load(head + (head.hasPrefix("-") ? "" : "colour: red\na: &x 1\n"))
    #expect(loaded.diagnostics.map(\.code) == [code])
  }

  @Test(arguments: ["1", "\"1\""])
  func `a met one lets the rest be judged`(version: String) throws {
    let loaded = try Loading().load(
      "harden: \(version)\nname: x\nrequires: {harden: \">=0.1\"}\ncolour: red\n")
    #expect(loaded.diagnostics.map(\.code) == [.unknownKey])
  }
}
