internal import HardenModel

/// An assessment as OSCAL assessment results: an observation and a finding for each control.
struct OSCALReport: Encodable {
  let assessment: Assessment

  private enum CodingKeys: String, CodingKey { case results = "assessment-results" }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Results(assessment), forKey: .results)
  }

  /// A name-based number: equal assessments have equal ones.
  private static func uuid(_ words: String...) -> String {
    var state: [UInt64] = [0xCBF2_9CE4_8422_2325, 0x9AE1_6A3B_2F90_404F]
    for byte in words.joined(separator: "\u{1F}").utf8 {
      for index in state.indices {
        state[index] = (state[index] ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        state[index] ^= state[index] >> 29
      }
    }
    state[0] = state[0] & ~0xF000 | 0x5000
    state[1] = state[1] & ~0xC000_0000_0000_0000 | 0x8000_0000_0000_0000
    let digits = state.map { word in
      let text = String(word, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    let (high, low) = (digits[0], digits[1])
    return
      "\(high.prefix(8))-\(high.dropFirst(8).prefix(4))-\(high.suffix(4))-\(low.prefix(4))-\(low.suffix(12))"
  }

  private struct Results: Encodable {
    var uuid: String
    var metadata: Metadata
    var importAP = Reference(href: "#")
    var results: [Result]

    private enum CodingKeys: String, CodingKey {
      case uuid, metadata, results
      case importAP = "import-ap"
    }

    init(_ assessment: Assessment) {
      uuid = OSCALReport.uuid("document", assessment.plan.description, "\(assessment.at)")
      metadata = Metadata(assessment)
      results = [Result(assessment)]
    }
  }

  private struct Reference: Encodable { var href: String }

  private struct Metadata: Encodable {
    var title: String
    var lastModified: String
    var version: String
    var oscalVersion = "1.1.2"

    private enum CodingKeys: String, CodingKey {
      case title, version
      case lastModified = "last-modified"
      case oscalVersion = "oscal-version"
    }

    init(_ assessment: Assessment) {
      title = "harden \(assessment.occasion.rawValue) of \(Escaped.text(assessment.host.name))"
      lastModified = Moment.rfc3339(assessment.at)
      version = assessment.tool
    }
  }

  private struct Result: Encodable {
    var uuid, title, description, start: String
    var reviewed = Reviewed()
    // OSCAL knows no empty lists: what is none is left out.
    var observations: [Observation]?
    var findings: [Finding]?

    private enum CodingKeys: String, CodingKey {
      case uuid, title, description, start, observations, findings
      case reviewed = "reviewed-controls"
    }

    init(_ assessment: Assessment) {
      let key = "\(assessment.plan)\(assessment.at)"
      uuid = OSCALReport.uuid("result", key)
      title = assessment.playbooks.map(Escaped.text).joined(separator: ", ")
      description = "Every control of the playbooks on \(Escaped.text(assessment.host.name))"
      start = Moment.rfc3339(assessment.at)
      let observed = assessment.rows.map { row in
        Observation(
          uuid: OSCALReport.uuid("observation", key, row.control.id),
          description: Sentences.paragraph(row.control.verdict.rawValue, row),
          collected: Moment.rfc3339(assessment.at))
      }
      observations = observed.isEmpty ? nil : observed
      // A finding says met or not met; what nobody could tell has an observation only.
      let found = assessment.rows.compactMap { row -> Finding? in
        let isMet: Bool
        switch row.control.verdict {
        case .holds: isMet = true
        case .differs, .drifted, .waived, .pending: isMet = false
        case .notApplicable, .unmeasured, .manual: return nil
        }
        return Finding(
          row.control, isMet: isMet, uuid: OSCALReport.uuid("finding", key, row.control.id),
          observation: OSCALReport.uuid("observation", key, row.control.id))
      }
      findings = found.isEmpty ? nil : found
    }
  }

  private struct Reviewed: Encodable {
    var selections = [Selection()]
    private enum CodingKeys: String, CodingKey { case selections = "control-selections" }
  }

  private struct Selection: Encodable {
    var all: [String: String] = [:]
    private enum CodingKeys: String, CodingKey { case all = "include-all" }
  }

  private struct Observation: Encodable {
    var uuid, description: String
    var methods = ["TEST"]
    var collected: String
  }

  private struct Finding: Encodable {
    var uuid, title, description: String
    var target: Target
    var related: [Related]

    private enum CodingKeys: String, CodingKey {
      case uuid, title, description, target
      case related = "related-observations"
    }

    init(_ control: ControlVerdict, isMet: Bool, uuid: String, observation: String) {
      self.uuid = uuid
      title = Escaped.text(control.title)
      description = Escaped.text(control.why ?? control.title)
      target = Target(
        // A token of OSCAL begins with a letter or _.
        id: control.id.first?.isLetter == true ? control.id : "_\(control.id)",
        status: Status(state: isMet ? "satisfied" : "not-satisfied"))
      related = [Related(uuid: observation)]
    }
  }

  private struct Target: Encodable {
    var type = "objective-id"
    var id: String
    var status: Status

    private enum CodingKeys: String, CodingKey {
      case type, status
      case id = "target-id"
    }
  }

  private struct Status: Encodable { var state: String }

  private struct Related: Encodable {
    var uuid: String
    private enum CodingKeys: String, CodingKey { case uuid = "observation-uuid" }
  }
}
