import HardenCore
import HardenModel
import HardenYAML
import Testing

@testable import HardenPlaybook

@Suite struct IncludeEntryTests {
  private func read(_ text: String) -> (IncludeEntry?, [DiagnosticCode]) {
    var reading = Reading()
    guard let root = YAMLDocument(Array(text.utf8), file: "f").root else { return (nil, []) }
    return (IncludeEntry.read(root, &reading), reading.diagnostics.map(\.code))
  }

  @Test func `a text is a file`() {
    #expect(read("kernel.yaml").0?.from == "kernel.yaml")
  }

  @Test func `a mapping says more`() throws {
    let (entry, codes) = read("{from: \"lib:x\", profile: p, vars: {a: 1}, except: b}")
    #expect(codes == [])
    let found = try #require(entry)
    #expect(found.from == "lib:x" && found.profile?.name == "p")
    #expect(found.vars.map(\.key) == ["a"] && found.except.map(\.id) == ["b"])
  }

  @Test(arguments: [
    ("{profile: p}", [DiagnosticCode.missingKey]), ("[a]", [.wrongType]),
    ("{from: a, vars: [b]}", [.wrongType]), ("{from: a, form: b}", [.unknownKey]),
  ])
  func `mistakes are found`(text: String, codes: [DiagnosticCode]) {
    #expect(read(text).1 == codes)
  }

  @Test func `places are beside the playbook or in the library`() throws {
    let top = SourcePlace(named: "d/p.yaml")
    var reading = Reading()
    let place = { (text: String, reading: inout Reading) in
      read(text).0?.place(from: top, library: "/lib", &reading)?.name
    }
    #expect(place("a.yaml", &reading) == "d/a.yaml")
    #expect(place("\"lib:a\"", &reading) == "/lib/a.yaml")
    #expect(reading.diagnostics.isEmpty)
    #expect(place("../a.yaml", &reading) == nil)
    #expect(place("\"lib:../a\"", &reading) == nil)
    #expect(reading.diagnostics.map(\.code) == [.include, .include])
  }
}
