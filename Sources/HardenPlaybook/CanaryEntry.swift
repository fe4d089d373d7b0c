internal import HardenCore
internal import HardenModel

/// One entry of `canary:`.
///
/// Its form is checked; this build cannot run probes yet.
struct CanaryEntry: FieldValue {
  private enum Probe: PlaybookPart {
    static var shape: Shape { .mapping(.either([.text, .list(.text)])) }
  }

  private enum Keys {
    static let id = Field<Identifier>(
      "id", required: true, verbatim: true, "its name in reports")
    static let probe = Field<Unread<Probe>>(
      "probe", required: true, verbatim: true, "what to look at")
    static let required = Field<Bool>(
      "required", verbatim: true, "whether it must already hold before the apply")
  }

  static func read(_ node: Node, _ reading: inout Reading) -> CanaryEntry? {
    var fields = Fields(node, of: "canary", reading: reading)
    _ = fields.read(Keys.id)
    _ = fields.read(Keys.required)
    if let probe = fields.read(Keys.probe)?.node, probe.entries == nil {
      fields.reading.mismatch(probe, expected: "a probe, for example {tcp: \"127.0.0.1:22\"}")
    }
    reading = fields.finish()
    return CanaryEntry()
  }

  static var shape: Shape {
    .object([Keys.id.spec, Keys.probe.spec, Keys.required.spec])
  }
}
