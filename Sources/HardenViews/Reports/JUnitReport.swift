internal import HardenModel

/// An assessment as JUnit XML: a suite is a playbook, a case is a control.
///
/// What differs is a failure, what could not be read an error; what does not apply, waits, was
/// waived or is for people is skipped with its reason.
struct JUnitReport {
  let assessment: Assessment

  /// The document, ending in a line feed.
  var text: String {
    var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
    for (playbook, rows) in assessment.rowsByPlaybook { write(playbook, rows, to: &out) }
    return out + "</testsuites>\n"
  }

  private func write(_ playbook: String, _ rows: [Assessment.Row], to out: inout String) {
    let count = { (kind: Case) in "\(rows.count { Self.kind($0.control.verdict) == kind })" }
    out +=
      "  "
      + Markup.tag(
        "testsuite",
        [
          "name": playbook, "tests": "\(rows.count)", "failures": count(.failure),
          "errors": count(.error), "skipped": count(.skipped), "hostname": assessment.host.name,
          "timestamp": String(Moment.rfc3339(assessment.at).dropLast()), "time": "0.0",
        ]) + "\n"
    for row in rows { write(row, to: &out) }
    out += "  </testsuite>\n"
  }

  private enum Case: String { case passed, failure, error, skipped }

  private static func kind(_ verdict: Verdict) -> Case {
    switch verdict {
    case .holds: .passed
    case .differs, .drifted: .failure
    case .unmeasured: .error
    case .pending, .notApplicable, .waived, .manual: .skipped
    }
  }

  private func write(_ row: Assessment.Row, to out: inout String) {
    let control = row.control
    let tag = Markup.tag(
      "testcase", ["name": control.id, "classname": control.playbook, "time": "0.0"])
    let verdict = control.verdict.rawValue
    let message = control.reason.map { "\(verdict): \($0)" } ?? "\(verdict): \(control.title)"
    let kind = Self.kind(control.verdict)
    switch kind {
    case .passed: out += "    " + tag.dropLast() + "/>\n"
    case .skipped:
      out += "    \(tag)<skipped message=\"\(Markup.text(message))\"/></testcase>\n"
    case .failure, .error:
      let details = row.changes.flatMap(Sentences.of).map(Markup.text).joined(separator: "\n")
      out +=
        "    \(tag)"
        + Markup.tag(kind.rawValue, ["type": verdict, "message": message])
        + "\(details)</\(kind.rawValue)></testcase>\n"
    }
  }
}
