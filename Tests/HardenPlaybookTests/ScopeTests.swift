import HardenModel
import Testing

@testable import HardenPlaybook

@Suite struct ScopeTests {
  private var scope: Scope {
    var scope = Scope(surroundings: NoSurroundings())
    scope.values["path"] = .scalar("/srv", quoted: true)
    scope.values["flag"] = .scalar("true", quoted: false)
    scope.values["all"] = .sequence([node("a"), node("b")])
    scope.values["tricky"] = .scalar("${path}", quoted: true)
    scope.broken = ["bad"]
    return scope
  }

  private func node(_ text: String) -> Node {
    Node(.scalar(text, quoted: true), at: SourceRange(file: "f", line: 1, column: 1))
  }

  private func expand(_ text: String) -> (Node.Content?, [DiagnosticCode]) {
    var found: [Diagnostic] = []
    return (scope.expand(node(text), &found)?.content, found.map(\.code))
  }

  @Test func `a variable alone keeps its type`() {
    #expect(expand("${flag}").0 == .scalar("true", quoted: false))
    #expect(expand("${all}").0 == .sequence([node("a"), node("b")]))
  }

  @Test func `inside text it is text`() {
    #expect(expand("in ${path}/x, ${flag}").0 == .scalar("in /srv/x, true", quoted: true))
    #expect(expand("in ${all}").1 == [.wrongType])
  }

  @Test func `what comes out of a variable is not searched again`() {
    #expect(expand("${tricky}").0 == .scalar("${path}", quoted: true))
    #expect(expand("x${tricky}").0 == .scalar("x${path}", quoted: true))
  }

  @Test func `facts are there, unknown names are mistakes`() {
    #expect(expand("${fact.os}").0 == .scalar("debian", quoted: false))
    #expect(expand("${fact.oz}").1 == [.unknownFact])
    #expect(expand("${paht}").1 == [.unknownVariable])
    #expect(expand("${bad}").1 == [])
    #expect(expand("${bad}").0 == nil)
    #expect(expand("${path").1 == [.wrongValue])
  }

  @Test func `all mistakes of a list and a mapping come at once`() {
    var found: [Diagnostic] = []
    let at = SourceRange(file: "f", line: 1, column: 1)
    let entry = Node.Entry(key: "k", keyRange: at, value: node("${y}"))
    let tree = Node(.sequence([node("${x}"), Node(.mapping([entry]), at: at)]), at: at)
    #expect(scope.expand(tree, &found) == nil)
    #expect(found.count == 2)
  }
}
