internal import HardenModel

/// An assessment as SARIF 2.1.0: each control is a rule, and its verdict a result at its line of the
/// playbook, so that a review shows it where it was written.
struct SARIFReport: Encodable {
  let assessment: Assessment

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(
      "https://json.schemastore.org/sarif-2.1.0.json", forKey: .schema)
    try container.encode("2.1.0", forKey: .version)
    try container.encode([Run(assessment)], forKey: .runs)
  }

  private struct Run: Encodable {
    var tool: Tool
    var results: [Result]
    var columnKind = "utf16CodeUnits"

    init(_ assessment: Assessment) {
      tool = Tool(assessment)
      results = assessment.rows.enumerated().map { Result($0.element, index: $0.offset) }
    }
  }

  private struct Tool: Encodable {
    var driver: Driver
    init(_ assessment: Assessment) { driver = Driver(assessment) }
  }

  private struct Driver: Encodable {
    var name = "harden"
    var version: String
    var rules: [Rule]

    init(_ assessment: Assessment) {
      version = assessment.tool
      rules = assessment.rows.map { Rule($0.control) }
    }
  }

  private struct Message: Encodable { var text: String }

  private struct Rule: Encodable {
    var id: String
    var shortDescription: Message
    var fullDescription: Message
    var defaultConfiguration: Configuration
    var properties: Properties

    init(_ control: ControlVerdict) {
      id = control.id
      shortDescription = Message(text: Escaped.text(control.title))
      fullDescription = Message(text: Escaped.text(control.why ?? control.title))
      defaultConfiguration = Configuration(level: Result.level(control.severity))
      properties = Properties(tags: control.tags, refs: control.refs)
    }
  }

  private struct Configuration: Encodable { var level: String }

  private struct Properties: Encodable {
    var tags: [String]
    var refs: [String: [String]]
  }

  private struct Result: Encodable {
    var ruleId: String
    var ruleIndex: Int
    var kind: String
    var level: String
    var message: Message
    var locations: [Location]
    var partialFingerprints: [String: String]
    var suppressions: [Suppression]?

    init(_ row: Assessment.Row, index: Int) {
      let control = row.control
      ruleId = control.id
      ruleIndex = index
      kind = Self.kind(control.verdict)
      // Only what fails has a level.
      level = kind == "fail" ? Self.level(control.severity) : "none"
      message = Message(
        text: Sentences.paragraph("\(control.title): \(control.verdict.rawValue)", row))
      locations = [Location(control.at)]
      partialFingerprints = ["control/v1": "\(control.playbook)/\(control.id)"]
      if control.verdict == .waived {
        suppressions = [
          Suppression(justification: Escaped.text(control.reason ?? "a waiver of the playbook"))
        ]
      }
    }

    static func level(_ severity: Severity) -> String {
      switch severity {
      case .low: "note"
      case .medium: "warning"
      case .high: "error"
      }
    }

    private static func kind(_ verdict: Verdict) -> String {
      switch verdict {
      case .holds: "pass"
      case .differs, .drifted, .waived: "fail"
      case .pending, .unmeasured: "open"
      case .notApplicable: "notApplicable"
      case .manual: "review"
      }
    }
  }

  private struct Suppression: Encodable {
    var kind = "external"
    var status = "accepted"
    var justification: String
  }

  private struct Location: Encodable {
    var physicalLocation: Physical
    init(_ range: SourceRange) { physicalLocation = Physical(range) }
  }

  private struct Physical: Encodable {
    var artifactLocation: Artifact
    var region: Region

    init(_ range: SourceRange) {
      artifactLocation = Artifact(uri: Self.uri(range.file))
      region = Region(startLine: max(1, range.line), startColumn: max(1, range.column))
    }

    /// A path as a reference of RFC 3986: everything but its plain characters is percent-encoded.
    private static func uri(_ path: String) -> String {
      let text = path.utf8.reduce(into: "") { out, byte in
        let isPlain =
          (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39
          || [0x2D, 0x2E, 0x2F, 0x5F, 0x7E].contains(byte)
        let digits = String(byte, radix: 16, uppercase: true)
        out += isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + digits
      }
      return path.hasPrefix("/") ? "file://\(text)" : text
    }
  }

  private struct Artifact: Encodable { var uri: String }

  private struct Region: Encodable { var startLine, startColumn: Int }
}
