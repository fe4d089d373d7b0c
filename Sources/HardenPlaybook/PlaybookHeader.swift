internal import HardenCore
internal import HardenModel

/// The two keys that decide whether the rest of a playbook means anything to this build.
enum PlaybookHeader {
  /// The only mistake worth reporting when the file is not for this reader, else nil.
  static func unmet(_ fields: inout Fields, version: String) -> Diagnostic? {
    let node = fields.node(PlaybookKeys.format)
    let help = "write harden: 1 as the first key"
    guard let node else {
      return Diagnostic(
        .formatVersion, "the file does not say which format it has", at: fields.range, help: help)
    }
    guard node.text == "1" else {
      let number = node.text.flatMap { Int($0) }
      return Diagnostic(
        .formatVersion,
        number.map { "the format version \($0) is not known" } ?? "'harden' is a format version",
        at: node.range,
        help: number.map { $0 > 1 ? "a newer harden reads it" : help } ?? help)
    }
    guard fields.isFirst(PlaybookKeys.format) else {
      return Diagnostic(
        .formatVersion, "'harden' is not the first key, so a reader cannot tell the format by it",
        at: node.range, help: help)
    }
    _ = fields.read(PlaybookKeys.format)
    guard let requirements = fields.read(PlaybookKeys.requires), let bound = requirements.harden,
      VersionBound(bound.text)?.accepts(version) == false
    else { return nil }
    return Diagnostic(
      .requirement, "the playbook requires harden \(bound.text), and this is \(version)",
      at: requirements.at, help: "install such a version")
  }
}
