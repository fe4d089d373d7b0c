import HardenModel
import Testing

@testable import HardenYAML

@Suite struct EventParserTests {
  @Test func `events carry their places`() throws {
    let parser = try EventParser(Array("a: &x\n  - !t b\n".utf8), file: "f")
    var seen: [String] = []
    while true {
      let event = try parser.next()
      seen.append("\(event.range.line):\(event.range.column)+\(event.range.length)")
      if case .streamEnd = event.kind { break }
      if case .sequenceStart = event.kind { #expect(event.anchor == "x") }
      if case .scalar("b", _) = event.kind { #expect(event.tag == "!t") }
    }
    #expect(seen.contains("1:1+1"))
    #expect(seen.contains("2:5+4"))
  }

  @Test func `a syntax error has a place and a context`() throws {
    let parser = try EventParser(Array("a: b: c\n".utf8), file: "f")
    do throws(Diagnostic) {
      while true { if case .streamEnd = try parser.next().kind { break } }
      Issue.record("nothing was wrong")
    } catch {
      #expect(error.code == .syntax)
      #expect(error.range?.column == 5)
    }
  }
}
