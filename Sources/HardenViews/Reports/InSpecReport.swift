internal import HardenModel

/// An assessment in the form of InSpec's JSON reporter, which dashboards and converters read.
struct InSpecReport: Encodable {
  private var platform: Platform
  private var profiles: [Profile]
  private var statistics = Statistics()
  private var version: String

  /// The view of `assessment`.
  init(_ assessment: Assessment) {
    let system = assessment.host.system.split(at: " ", maxSplits: 1)
    platform = Platform(
      name: system.first.map(String.init) ?? "linux",
      release: system.count > 1 ? String(system[1]) : "", target_id: assessment.host.name)
    let time = Moment.rfc3339(assessment.at)
    profiles = assessment.rowsByPlaybook.map { playbook, rows in
      Profile(name: playbook, controls: rows.map { Control($0, at: time) })
    }
    version = assessment.tool
  }

  private struct Platform: Encodable { var name, release, target_id: String }

  private struct Statistics: Encodable { var duration = 0.0 }

  private struct Profile: Encodable {
    var name: String
    var version = "1"
    var sha256 = ""
    var title: String { name }
    var supports: [String] = []
    var attributes: [String] = []
    var groups: [String] = []
    var controls: [Control]
    var status = "loaded"
  }

  private struct Control: Encodable {
    var id, title, desc: String
    var impact: Double
    var refs: [String] = []
    var tags: [String: [String]]
    var code = ""
    var source_location: Location
    var results: [Result]
    var waiver_data: [String: String]

    init(_ row: Assessment.Row, at time: String) {
      let control = row.control
      (id, title) = (control.id, Escaped.text(control.title))
      desc = Escaped.text(control.why ?? control.title)
      // The middle of the range that CVSS gives each word.
      switch control.severity {
      case .low: impact = 0.3
      case .medium: impact = 0.5
      case .high: impact = 0.7
      }
      tags = control.refs.merging(["tags": control.tags]) { first, _ in first }
      source_location = Location(ref: control.at.file, line: control.at.line)
      results = [Result(row, at: time)]
      waiver_data =
        control.verdict == .waived ? ["justification": Escaped.text(control.reason ?? "")] : [:]
    }
  }

  private struct Location: Encodable {
    var ref: String
    var line: Int
  }

  private struct Result: Encodable {
    var status, code_desc, start_time: String
    var run_time = 0.0
    var message: String?
    var skip_message: String?

    init(_ row: Assessment.Row, at time: String) {
      let control = row.control
      code_desc = Escaped.text(control.title)
      start_time = time
      let text = Sentences.paragraph(control.verdict.rawValue, row)
      switch control.verdict {
      case .holds: status = "passed"
      case .differs, .drifted: (status, message) = ("failed", text)
      case .unmeasured: (status, message) = ("error", text)
      case .pending, .notApplicable, .waived, .manual: (status, skip_message) = ("skipped", text)
      }
    }
  }
}
