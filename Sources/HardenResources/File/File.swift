package import HardenCore
package import HardenModel
internal import HardenSystem

/// A regular file: whether it exists, what it holds, whose it is.
package struct File: ResourceKind {
  /// Where it stands.
  package var path: String
  /// Whether it should exist; nil where the playbook only claims attributes of what is there.
  package var state: Presence?
  /// Owner, group, mode and ACL.
  package var attributes: AttributesWanted
  /// What it holds; nil makes no claim.
  package var content: Bytes?
  /// The file on this machine that holds its secret content; nil where that is no secret.
  package var secret: String?
  /// Whether absence is accepted.
  package var isMissingAllowed: Bool
  /// Whether a difference of content may be shown even where not everybody can read the file.
  package var isShown: Bool

  /// The file at `path`; see the properties.
  package init(
    path: String, state: Presence? = nil, attributes: AttributesWanted = AttributesWanted(),
    content: Bytes? = nil, isMissingAllowed: Bool = false, isShown: Bool = false
  ) {
    self.path = path
    self.state = state
    self.attributes = attributes
    self.content = content
    self.isMissingAllowed = isMissingAllowed
    self.isShown = isShown
  }

  package var address: Address { Address(kind: "file", name: path) }

  private static let path = Field<OneOrMany<AbsolutePath>>(
    "path", required: true, "the file, or a list of files")
  private static let state = Field<Presence>(
    "state", "present or absent; present makes an empty file where there is none")
  private static let attributes = AttributeFields()
  private static let content = Field<String>(
    "content", verbatim: true, "what the file holds, taken as it stands")
  private static let source = Field<SourceBytes>(
    "source", "a file beside the playbook that holds the content")
  private static let secret = Field<FileSecret>(
    "secret", "where content is that nobody but root may know")
  private static let substitute = Field<Bool>("substitute", "replace ${name} in content or source")
  private static let show = Field<Bool>(
    "show", "show how the content differs even if not everybody may read it")

  package static func read(_ fields: inout Fields) -> [File] {
    let paths = fields.read(path)
    var file = File(path: "", state: fields.read(state), attributes: attributes.read(&fields))
    let substitutes = fields.read(substitute) ?? false
    let text = fields.read(content)
    let source = fields.read(self.source)
    file.secret = fields.read(secret)?.source
    file.isShown = fields.read(show) ?? false
    file.isMissingAllowed = fields.isMissingAllowed()

    let given = [
      ("content", fields.has(content)), ("source", fields.has(self.source)),
      ("secret", fields.has(secret)),
    ].filter(\.1).map(\.0)
    if given.count > 1 {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "file has both \(given[0]) and \(given[1])", at: fields.range,
          help: "keep one of them"))
    }
    if fields.has(secret), file.isShown {
      fields.reading.report(
        Diagnostic(.wrongValue, "a secret is never shown", at: fields.range, help: "leave out show")
      )
    }
    file.content = text.map { Bytes(Array($0.utf8)) } ?? source.map { Bytes($0.bytes) }
    if substitutes, let node = fields.node(content) ?? fields.node(self.source) {
      file.content = file.content.flatMap { substituted($0, at: node.range, &fields.reading) }
    }
    if file.state == .absent, file.content != nil || file.secret != nil || !file.attributes.isEmpty
    {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "a file that is absent has neither content nor attributes", at: fields.range,
          help: "leave out state, or everything but path and state"))
    }
    return paths?.values.map { path in
      var one = file
      one.path = path.value.text
      return one
    } ?? []
  }

  private static func substituted(_ bytes: Bytes, at range: SourceRange, _ reading: inout Reading)
    -> Bytes?
  {
    guard let text = bytes.text else {
      reading.report(Diagnostic(.notUTF8, "only text can have variables replaced", at: range))
      return nil
    }
    let node = Node(.scalar(text, quoted: true), at: range)
    return reading.expanded(node)?.text.map { Bytes(Array($0.utf8)) }
  }

  package static let manual = Manual(
    kind: "file",
    summary: "A regular file exists or not, holds some content, and belongs to somebody.",
    details: """
      Only what is named is compared and changed: a new content keeps owner, mode, ACL, extended
      attributes and flags of the file that it replaces. A new file belongs to root:root with mode
      0644 unless the playbook says otherwise; its directory has to exist or be made by another
      resource. `mode: {at_most: "0644"}` takes bits away and keeps a stricter mode.

      Where only attributes are claimed and nothing is at the path, the resource is refused, or not
      applicable with `if_missing: skip`. Links, directories and special files at the path are
      refused, and so is changing a file that has further names.

      How the content differs is shown only where everybody may read the file, or with `show: true`.

      With `secret: {source: FILE}` the content is that of FILE, which apply reads again: the plan
      carries its path and digest, what is printed neither. A new file gets the mode 0600 then, and
      a file that everybody may read is refused as a source.

      An upgrade gives the programs of a package their mode and owner again: the plan says so, with the
      command of dpkg-statoverride that keeps others. Where dpkg-statoverride was told otherwise, the
      change wants `--accept-risk`, and so does one that takes from sudo and its like what they need.
      """,
    fields: [
      path.spec, state.spec, attributes.owner.spec, attributes.group.spec, attributes.mode.spec,
      attributes.acl.spec, content.spec, source.spec, secret.spec, substitute.spec, show.spec,
      Fields.ifMissing.spec,
    ],
    planes: "file",
    undo: "exact: content, owner, mode, ACL, extended attributes, flags and time of change",
    example: """
      file: {path: [/etc/passwd, /etc/group], owner: root, group: root, mode: {at_most: "0644"}}
      """)
}

/// The bytes of a file beside the playbook.
struct SourceBytes: FieldValue {
  let bytes: [UInt8]

  static func read(_ node: Node, _ reading: inout Reading) -> SourceBytes? {
    reading.source(node).map { SourceBytes(bytes: $0) }
  }
  static var shape: Shape { .text }
}

/// Where a file's secret content comes from.
struct FileSecret: FieldValue {
  let source: String

  private static let source = Field<AbsolutePath>(
    "source", required: true, "a file on this machine that not everybody can read")

  static func read(_ node: Node, _ reading: inout Reading) -> FileSecret? {
    let path = reading.inside(node, of: "a secret") { $0.read(source) }
    return path.map { FileSecret(source: $0.text) }
  }
  static var shape: Shape { .object([source.spec]) }
}
