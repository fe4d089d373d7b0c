package import HardenModel

/// The clauses of one standard for people.
package struct MatrixText {
  private let matrix: Matrix
  private let style: Style

  /// The view of `matrix`, in `style`.
  package init(_ matrix: Matrix, style: Style = .plain) {
    self.matrix = matrix
    self.style = style
  }

  /// The text, ending in a line feed.
  package var text: String {
    var page = Page(style)
    page.heading(Escaped.text(matrix.standard))
    let width = min(24, matrix.clauses.map { Escaped.text($0.number).count }.max() ?? 0)
    for clause in matrix.clauses {
      page.line(
        Escaped.text(clause.number).padded(to: width), clause.verdict.rawValue.padded(to: 14),
        clause.controls.map { control in
          let mark = control.verdict == clause.verdict ? "" : " (\(control.verdict.rawValue))"
          return Escaped.text(control.id) + mark
        }.joined(separator: ", "), indent: 2)
    }
    page.gap()
    let counts = Verdict.allCases.filter { matrix.count($0) > 0 }.map { verdict in
      "\(matrix.count(verdict)) \(VerdictList.phrase(verdict, matrix.count(verdict)))"
    }
    page.line("\(counted(matrix.clauses.count, "clause")): \(counts.joined(separator: ", "))")
    if matrix.uncited > 0 {
      page.line("\(counted(matrix.uncited, "control")) without a clause of it")
    }
    return page.text
  }
}

/// The clauses of one standard as machines read them.
package struct MatrixJSON: Encodable {
  private var standard: String
  private var uncited: Int
  private var clauses: [Clause]

  /// The machine's view of `matrix`.
  package init(_ matrix: Matrix) {
    (standard, uncited) = (matrix.standard, matrix.uncited)
    clauses = matrix.clauses.map { clause in
      Clause(
        clause: clause.number, verdict: clause.verdict,
        controls: Dictionary(
          clause.controls.map { ($0.id, $0.verdict) }, uniquingKeysWith: { first, _ in first }))
    }
  }

  private struct Clause: Encodable {
    var clause: String
    var verdict: Verdict
    var controls: [String: Verdict]
  }
}
