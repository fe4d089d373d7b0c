/// What an assessment says of one standard: each clause with its controls and their verdicts.
package struct Matrix: Hashable, Sendable {
  /// One clause.
  package struct Clause: Hashable, Sendable {
    /// Its number, as the playbooks cite it.
    package var number: String
    /// The controls that cite it, in the order of the playbooks.
    package var controls: [ControlVerdict]
    /// The verdict that weighs most: a clause is met when nothing speaks against it.
    package var verdict: Verdict
  }

  /// The standard, as the playbooks name it.
  package var standard: String
  /// Its clauses in order; numbers within them count as numbers.
  package var clauses: [Clause]
  /// How many controls do not cite it.
  package var uncited: Int

  /// The clauses of `standard` that controls of `assessment` cite.
  package init(_ assessment: Assessment, standard: String) {
    self.standard = standard
    var controls: [String: [ControlVerdict]] = [:]
    var uncited = 0
    for row in assessment.rows {
      let cited = row.control.refs[standard] ?? []
      if cited.isEmpty { uncited += 1 }
      for clause in cited { controls[clause, default: []].append(row.control) }
    }
    self.uncited = uncited
    clauses = controls.map { number, controls in
      Clause(number: number, controls: controls, verdict: Self.worst(controls.map(\.verdict)))
    }.sorted { Self.isBefore($0.number, $1.number) }
  }

  /// Every standard that a control cites.
  package static func standards(of assessment: Assessment) -> [String] {
    Set(assessment.rows.flatMap(\.control.refs.keys)).sorted()
  }

  /// How many clauses have `verdict`.
  package func count(_ verdict: Verdict) -> Int { clauses.count { $0.verdict == verdict } }

  private static let weights: [Verdict] = [
    .differs, .drifted, .unmeasured, .pending, .waived, .manual, .holds, .notApplicable,
  ]

  private static func worst(_ verdicts: [Verdict]) -> Verdict {
    weights.first(where: verdicts.contains) ?? .notApplicable
  }

  /// `1.10` comes after `1.9`.
  private static func isBefore(_ left: String, _ right: String) -> Bool {
    let (left, right) = (parts(left), parts(right))
    for (one, other) in zip(left, right) where one != other {
      if let first = Int(one), let second = Int(other), first != second { return first < second }
      return one < other
    }
    return left.count < right.count
  }

  /// Runs of digits, and what stands between them.
  private static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var wasDigit: Bool?
    for character in text {
      let isDigit = character.isASCII && character.isNumber
      if wasDigit == isDigit, let last = parts.indices.last {
        parts[last].append(character)
      } else {
        parts.append(String(character))
      }
      wasDigit = isDigit
    }
    return parts
  }
}
