internal import HardenModel

/// An assessment for the text file collector of Prometheus' node exporter.
///
/// No sample has a time of its own: the exporter refuses a whole file for that.
struct PrometheusReport {
  let assessment: Assessment

  /// The metrics, ending in a line feed.
  var text: String {
    var out = ""
    var keys: [(playbook: String, verdict: Verdict, count: Int)] = []
    for (playbook, rows) in assessment.rowsByPlaybook.sorted(by: { $0.playbook < $1.playbook }) {
      for verdict in Verdict.allCases {
        keys.append((playbook, verdict, rows.count { $0.control.verdict == verdict }))
      }
    }
    metric("harden_controls", "Controls of each playbook by verdict.", to: &out)
    for key in keys {
      out += "harden_controls{playbook=\"\(Self.label(key.playbook))\","
      out += "verdict=\"\(key.verdict.rawValue)\"} \(key.count)\n"
    }
    let changes = assessment.rows.flatMap(\.changes)
    let left = assessment.rows.filter { $0.control.verdict.isOpen }.flatMap(\.changes)
    value("harden_resources_differing", "Resources that are not as wanted.", left.count, &out)
    value(
      "harden_resources_drifted",
      "Resources that an earlier run had set and that are no longer so.",
      left.count { $0.drifted != nil }, &out)
    value(
      "harden_resources_refused", "Resources that differ and are left alone.",
      changes.count { $0.refusal != nil }, &out)
    value(
      "harden_assessment_timestamp_seconds", "When the host was last looked at.",
      Int(assessment.at), &out)
    if let ending = assessment.ending {
      value(
        "harden_run_succeeded", "Whether the last run did what was asked of it.",
        [.applied, .nothingToDo, .rolledBack].contains(ending) ? 1 : 0, &out)
    }
    return out
  }

  private func metric(_ name: String, _ help: String, to out: inout String) {
    out += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
  }

  private func value(_ name: String, _ help: String, _ value: Int, _ out: inout String) {
    metric(name, help, to: &out)
    out += "\(name) \(value)\n"
  }

  /// Backslashes and quotes are the only characters of a label that need writing out; line ends
  /// have become visible before.
  private static func label(_ text: String) -> String {
    Escaped.text(text).reduce(into: "") { out, character in
      if character == "\\" || character == "\"" { out.append("\\") }
      out.append(character)
    }
  }
}
