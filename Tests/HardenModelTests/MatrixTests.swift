import HardenModel
import Testing

@Suite struct MatrixTests {
  private func matrix(_ controls: [(String, [String], Verdict)]) -> Matrix {
    var plan = Plan(
      kind: .apply, tool: "t", created: 0,
      host: HostIdentity(
        machine: .zero, boot: nil, name: "h", system: "debian 12", kernel: nil, root: "/"))
    plan.controls = controls.map { id, clauses, verdict in
      ControlVerdict(
        id: id, playbook: "p", title: id, at: SourceRange(file: "p", line: 1, column: 1),
        refs: clauses.isEmpty ? [:] : ["cis": clauses, "other": ["1"]], verdict: verdict)
    }
    return Matrix(Assessment(plan, .report), standard: "cis")
  }

  @Test func `a clause has every control that cites it, and the worst of their verdicts`() {
    let matrix = matrix([
      ("a", ["1.1", "2"], .holds), ("b", ["1.1"], .drifted), ("c", ["2"], .notApplicable),
      ("d", [], .differs), ("e", ["3"], .waived), ("f", ["3"], .unmeasured),
    ])
    #expect(matrix.clauses.map(\.number) == ["1.1", "2", "3"])
    #expect(matrix.clauses.map(\.verdict) == [.drifted, .holds, .unmeasured])
    #expect(
      matrix.clauses.map { $0.controls.map(\.id) } == [["a", "b"], ["a", "c"], ["e", "f"]])
    #expect(matrix.uncited == 1 && matrix.count(.holds) == 1)
  }

  @Test func `numbers within clauses count as numbers`() {
    let matrix = matrix([("a", ["1.10", "1.9", "1", "AC-12", "AC-2", "1.9.1"], .holds)])
    #expect(matrix.clauses.map(\.number) == ["1", "1.9", "1.9.1", "1.10", "AC-2", "AC-12"])
  }

  @Test func `the standards are those that controls cite`() {
    var plan = Plan(
      kind: .apply, tool: "t", created: 0,
      host: HostIdentity(
        machine: .zero, boot: nil, name: "h", system: "debian 12", kernel: nil, root: "/"))
    plan.controls = [
      ControlVerdict(
        id: "a", playbook: "p", title: "", at: SourceRange(file: "p", line: 1, column: 1),
        refs: ["b": ["1"], "a": ["2"]], verdict: .holds)
    ]
    #expect(Matrix.standards(of: Assessment(plan, .report)) == ["a", "b"])
  }
}
