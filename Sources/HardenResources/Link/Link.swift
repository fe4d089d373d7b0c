package import HardenCore
package import HardenModel
internal import HardenSystem

/// A symbolic link: whether it exists, and where it points.
package struct Link: ResourceKind {
  /// Where it stands.
  package var path: String
  /// What it says; nil where there should be none.
  package var target: String?

  /// The link at `path` to `target`.
  package init(path: String, target: String?) {
    self.path = path
    self.target = target
  }

  package var address: Address { Address(kind: "link", name: path) }

  private static let path = Field<OneOrMany<AbsolutePath>>(
    "path", required: true, "the link, or a list of links")
  private static let target = Field<String>(
    "target", "what it points to: an absolute path, or one relative to its directory")
  private static let state = Field<Presence>("state", "present or absent")

  package static func read(_ fields: inout Fields) -> [Link] {
    let (paths, target, state) = (fields.read(path), fields.read(target), fields.read(state))
    let isAbsent = state == .absent
    if isAbsent == fields.has(self.target), fields.has(path) {
      fields.reading.report(
        Diagnostic(
          isAbsent ? .wrongValue : .missingKey,
          isAbsent ? "a link that is absent has no target" : "link needs 'target'",
          at: fields.range))
      return []
    }
    if let target, target.isEmpty || target.utf8.contains(0) || target.utf8.count >= 4096 {
      fields.reading.report(
        Diagnostic(.wrongValue, "a link cannot point to '\(target)'", at: fields.range))
      return []
    }
    return (paths?.values ?? []).map { Link(path: $0.value.text, target: target) }
  }

  package static let manual = Manual(
    kind: "link",
    summary: "A symbolic link exists and says where it points, or does not exist.",
    details: """
      The text of the link is compared and written as it stands; its target is not followed, and need
      not exist. What stands at the path and is no link is refused. The link's directory has to exist
      or be made by another resource.
      """,
    fields: [path.spec, target.spec, state.spec],
    planes: "file",
    undo: "exact: the link as it was, or nothing",
    example: """
      link: {path: /etc/systemd/system/ctrl-alt-del.target, target: /dev/null}
      """)
}
