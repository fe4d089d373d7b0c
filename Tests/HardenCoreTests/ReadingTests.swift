import HardenCore
import HardenModel
import Testing

@Suite struct ReadingTests {
  @Test func `a file beside the playbook is read by its text`() {
    var reading = Reading(source: { path, _, found in
      if path == "a" { return [1] }
      found.append(Diagnostic(.unreadable, path, at: nil))
      return nil
    })
    #expect(reading.source(plain("a")) == [1])
    #expect(reading.source(plain("b")) == nil)
    #expect(reading.source(list("a")) == nil)
    #expect(reading.diagnostics.map(\.code) == [.unreadable, .wrongType])
  }

  @Test func `without a playbook there are no files`() {
    var reading = Reading()
    #expect(reading.source(plain("a")) == nil)
    #expect(reading.diagnostics.map(\.code) == [.unreadable])
  }

  @Test func `a variable has its text`() {
    var reading = Reading(expand: { node, _ in node.text == "${a}" ? plain("x") : list("y") })
    #expect(reading.variable("a", at: plain("").range) == "x")
    #expect(reading.variable("b", at: plain("").range) == nil)
    #expect(reading.diagnostics.map(\.code) == [.wrongType])
  }
}
