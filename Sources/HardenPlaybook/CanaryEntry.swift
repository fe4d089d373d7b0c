internal import HardenCore
internal import HardenModel

/// One entry of `canary:`.
struct CanaryEntry: FieldValue {
  /// The probe with its name.
  var canary: CanaryProbe
  /// Where its name stands.
  var at: SourceRange

  private enum Keys {
    static let id = Field<Identifier>(
      "id", required: true, verbatim: true, "its name in reports")
    static let probe = Field<ProbeEntry>(
      "probe", required: true, verbatim: true, "what to look at")
    static let required = Field<Bool>(
      "required", verbatim: true, "whether its failure undoes the run; true unless given")
  }

  static func read(_ node: Node, _ reading: inout Reading) -> CanaryEntry? {
    var fields = Fields(node, of: "canary", reading: reading)
    let id = fields.read(Keys.id)
    let at = fields.node(Keys.id)?.range ?? node.range
    let isRequired = fields.read(Keys.required) ?? true
    let probe = fields.read(Keys.probe)
    reading = fields.finish()
    guard let id, let probe else { return nil }
    return CanaryEntry(
      canary: CanaryProbe(
        id: id.text, probe: probe.probe, timeout: probe.timeout, isRequired: isRequired), at: at)
  }

  static var shape: Shape {
    .object([Keys.id.spec, Keys.probe.spec, Keys.required.spec])
  }

  /// A file that holds nothing but a canary.
  enum File {
    private static let canary = Field<[CanaryEntry]>(
      "canary", required: true, verbatim: true, "probes that run after an apply")

    static func read(_ root: Node, _ reading: inout Reading) -> [CanaryEntry] {
      var fields = Fields(root, of: "the canary file", reading: reading)
      let canary = fields.read(canary)
      reading = fields.finish()
      return canary ?? []
    }
  }
}
