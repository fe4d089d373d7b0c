import HardenTestSupport
import Testing

@Suite struct HardenTests {
  @Test func `the version is data`() throws {
    let result = try Program.run(["--version"])
    #expect(result.status == 0 && result.output == "0.1.0\n" && result.messages.isEmpty)
  }

  @Test(arguments: [[], ["--help"], ["help"], ["-h"]])
  func `help is data and shows every verb`(arguments: [String]) throws {
    let result = try Program.run(arguments)
    #expect(result.status == 0 && result.messages.isEmpty)
    for verb in Self.verbs { #expect(result.output.contains("\n  \(verb) "), "\(verb)") }
  }

  static let verbs = [
    "plan", "apply", "confirm", "rollback", "recover", "status", "runs", "show", "drift", "report",
    "init", "check", "explain", "kinds", "schema",
  ]

  @Test(arguments: verbs)
  func `every verb has help, and what takes arguments an example`(verb: String) throws {
    let result = try Program.run([verb, "--help"])
    #expect(result.status == 0 && result.output.contains("USAGE: harden \(verb)"))
    let isPlain = ["recover", "status", "runs", "kinds", "schema"].contains(verb)
    #expect(isPlain || result.output.contains("EXAMPLES"))
  }

  @Test(arguments: verbs)
  func `help fills its lines, and breaks no example`(verb: String) throws {
    let lines = try Program.run([verb, "--help"]).output
      .split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.hasPrefix("USAGE") }
    for (line, next) in zip(lines, lines.dropFirst())
    where !line.isEmpty && !next.isEmpty && !next.hasPrefix(" ") {
      // What follows an example without its indentation was broken off it.
      let word = next.prefix { $0 != " " }
      #expect(!line.hasPrefix(" ") && line.count + 1 + word.count >= 80, "\(line) | \(next)")
    }
  }

  @Test(arguments: [
    ("pln", "plan"), ("aply", "apply"), ("rolback", "rollback"), ("stauts", "status"),
  ])
  func `an unknown verb suggests the one that was meant`(typed: String, meant: String) throws {
    let result = try Program.run([typed, "x"])
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(
      result.messages == "harden: unknown verb '\(typed)'\n  help: did you mean '\(meant)'?\n")
  }

  @Test func `a word that is near to none lists the verbs`() throws {
    let result = try Program.run(["frobnicate"])
    #expect(result.status == 64 && result.messages.contains("harden knows plan, apply"))
  }

  @Test(arguments: [
    ["plan"], ["plan", "--nope", "x"], ["runs", "--format", "xml"], ["rollback", "x"],
  ])
  func `wrong arguments are usage`(arguments: [String]) throws {
    let result = try Program.run(arguments)
    #expect(result.status == 64 && result.output.isEmpty && !result.messages.isEmpty)
  }

  @Test func `control characters of the command line are not passed on`() throws {
    let result = try Program.run(["\u{1b}[2J"])
    #expect(result.status == 64 && !result.messages.contains("\u{1b}"))
    let option = try Program.run(["plan", "--\u{1b}[2J", "x"])
    #expect(option.status == 64 && !option.messages.contains("\u{1b}"))
  }
}
