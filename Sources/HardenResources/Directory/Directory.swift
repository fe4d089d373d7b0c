package import HardenCore
package import HardenModel
internal import HardenSystem

/// A directory: whether it exists, whose it is, and whose what lies below it is.
package struct Directory: ResourceKind {
  /// Where it stands.
  package var path: String
  /// Whether it should exist; nil where the playbook only claims attributes of what is there.
  package var state: Presence?
  /// Owner, group, mode and ACL of the directory itself.
  package var attributes: AttributesWanted
  /// What is wanted of everything below; nil leaves it alone.
  package var below: Below?
  /// Whether absence is accepted.
  package var isMissingAllowed: Bool

  /// What is wanted of what lies below a directory.
  package struct Below: Hashable, Sendable, Codable {
    /// Of every regular file.
    package var files: AttributesWanted
    /// Of every directory.
    package var directories: AttributesWanted
  }

  /// The directory at `path`; see the properties.
  package init(
    path: String, state: Presence? = nil, attributes: AttributesWanted = AttributesWanted(),
    below: Below? = nil, isMissingAllowed: Bool = false
  ) {
    self.path = path
    self.state = state
    self.attributes = attributes
    self.below = below
    self.isMissingAllowed = isMissingAllowed
  }

  package var address: Address { Address(kind: "directory", name: path) }

  private static let path = Field<OneOrMany<AbsolutePath>>(
    "path", required: true, "the directory, or a list of directories")
  private static let state = Field<Presence>(
    "state", "present or absent; present makes it where it is not, absent removes an empty one")
  private static let attributes = AttributeFields()
  private static let recursive = Field<Bool>(
    "recursive", "whether owner and group reach everything below")
  private static let files = Field<BelowAttributes>(
    "files", "with recursive: owner, group and mode of the regular files below")
  private static let directories = Field<BelowAttributes>(
    "directories", "with recursive: owner, group and mode of the directories below")

  package static func read(_ fields: inout Fields) -> [Directory] {
    let paths = fields.read(path)
    var directory = Directory(
      path: "", state: fields.read(state), attributes: attributes.read(&fields))
    let isRecursive = fields.read(recursive) ?? false
    let files = fields.read(self.files)?.wanted
    let directories = fields.read(self.directories)?.wanted
    directory.isMissingAllowed = fields.isMissingAllowed()
    if !isRecursive, fields.has(self.files) || fields.has(self.directories) {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "files and directories say what lies below", at: fields.range,
          help: "add recursive: true"))
    }
    if directory.state == .absent, isRecursive || !directory.attributes.isEmpty {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "a directory that is absent has no attributes", at: fields.range,
          help: "leave out state, or everything but path and state"))
    }
    if isRecursive {
      let owners = AttributesWanted(
        owner: directory.attributes.owner, group: directory.attributes.group)
      directory.below = Below(
        files: files?.filled(from: owners) ?? owners,
        directories: directories?.filled(from: owners) ?? owners)
    }
    return paths?.values.map { path in
      var one = directory
      one.path = path.value.text
      return one
    } ?? []
  }

  package static let manual = Manual(
    kind: "directory",
    summary: "A directory exists or not and belongs to somebody, with what lies below it.",
    details: """
      A directory that is made belongs to root:root with mode 0755 unless the playbook says otherwise;
      the one above it has to exist or be made by another resource. `state: absent` removes it only
      when it is empty.

      With `recursive: true`, owner and group reach everything below, and `files` and `directories`
      say more for each; mode and acl beside path are about the directory itself. Links are neither
      followed nor changed, and other mounts are left alone. Changing a file that has further names,
      or a device, socket or pipe, is refused by its name; so are more than 100,000 entries.
      """,
    fields: [
      path.spec, state.spec, attributes.owner.spec, attributes.group.spec, attributes.mode.spec,
      attributes.acl.spec, recursive.spec, files.spec, directories.spec, Fields.ifMissing.spec,
    ],
    planes: "file",
    undo:
      "exact: owner, mode and ACL of each path; a directory that was made goes when it is empty",
    example: """
      directory: {path: /etc/sysctl.d, owner: root, group: root, mode: {at_most: "0755"}, recursive: true, files: {mode: {at_most: "0644"}}}
      """)
}

/// Owner, group and mode of what lies below a directory.
struct BelowAttributes: FieldValue {
  let wanted: AttributesWanted
  private static let fields = AttributeFields()

  static func read(_ node: Node, _ reading: inout Reading) -> BelowAttributes? {
    let wanted = reading.inside(node, of: "what lies below") {
      AttributesWanted(
        owner: $0.read(fields.owner), group: $0.read(fields.group), mode: $0.read(fields.mode))
    }
    return BelowAttributes(wanted: wanted)
  }
  static var shape: Shape { .object([fields.owner.spec, fields.group.spec, fields.mode.spec]) }
}
