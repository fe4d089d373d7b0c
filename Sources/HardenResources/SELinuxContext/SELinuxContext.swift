package import HardenCore
package import HardenModel

/// The SELinux label of a file or directory, now and after a relabel.
package struct SELinuxContext: ResourceKind {
  /// What is labelled.
  package var path: String
  /// The parts of the label that are claimed.
  package var label: LabelWanted
  /// Whether everything below a directory is claimed, too.
  package var isRecursive: Bool
  /// Whether a rule keeps the label when the host is relabelled.
  package var isPersistent: Bool
  /// Whether absence is accepted.
  package var isMissingAllowed: Bool

  /// The label of `path`; see the properties.
  package init(
    path: String, label: LabelWanted, isRecursive: Bool = false, isPersistent: Bool = false,
    isMissingAllowed: Bool = false
  ) {
    self.path = path
    self.label = label
    self.isRecursive = isRecursive
    self.isPersistent = isPersistent
    self.isMissingAllowed = isMissingAllowed
  }

  package var address: Address { Address(kind: "selinux_context", name: path) }

  private static let path = Field<OneOrMany<AbsolutePath>>(
    "path", required: true, "the file or directory, or a list of them")
  private static let user = Field<LabelPart>("user", "the SELinux user, for example system_u")
  private static let role = Field<LabelPart>("role", "the role, for example object_r")
  private static let type = Field<LabelPart>("type", "the type, for example bin_t")
  private static let level = Field<LabelLevel>("level", "the level or range, for example s0")
  private static let recursive = Field<Bool>("recursive", "label everything below it, too")
  private static let persist = Field<Bool>(
    "persist", "add a file-context rule, so that a relabel gives the same")

  package static func read(_ fields: inout Fields) -> [SELinuxContext] {
    let paths = fields.read(path)
    let label = LabelWanted(
      user: fields.read(user)?.text, role: fields.read(role)?.text, type: fields.read(type)?.text,
      level: fields.read(level)?.text)
    let isRecursive = fields.read(recursive) ?? false
    let isPersistent = fields.read(persist) ?? false
    let isMissingAllowed = fields.isMissingAllowed()
    if !fields.has(user), !fields.has(role), !fields.has(type), !fields.has(level) {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "selinux_context asks for nothing", at: fields.range,
          help: "name type, user, role or level"))
    }
    return paths?.values.map {
      SELinuxContext(
        path: $0.value.text, label: label, isRecursive: isRecursive, isPersistent: isPersistent,
        isMissingAllowed: isMissingAllowed)
    } ?? []
  }

  package static let manual = Manual(
    kind: "selinux_context",
    summary: "A file or directory has this SELinux label, now and after a relabel.",
    details: """
      FILE is the label itself, the attribute `security.selinux`, compared part by part: what the
      playbook does not name stays. BOOT, with `persist: true`, is what a relabel would give: harden
      adds a rule to file_contexts.local, in the place where libselinux reads it and in the store
      that semanage rebuilds it from, so that later changes with semanage keep it. Where semanage has
      compiled the rule since (file_contexts.local.bin), rollback takes that file away with the rule:
      libselinux would read it in place of the text. Then it reads the text, until semanage compiles
      again.

      A type that the policy does not know is refused before anything is touched. On a host without
      SELinux the resource is not applicable.

      With `recursive: true` everything below a directory is compared, on the same mount, links left
      alone. Files that containers use and that would lose a label of theirs want `--accept-risk`.
      """,
    fields: [
      path.spec, user.spec, role.spec, type.spec, level.spec, recursive.spec, persist.spec,
      Fields.ifMissing.spec,
    ],
    planes: "file, boot",
    undo: "exact: the label, and the bytes of the rules' files",
    example: """
      selinux_context: {path: /srv/go/bin/go, type: bin_t, persist: true}
      """)
}

/// One word of a label.
struct LabelPart: FieldValue {
  let text: String

  static func read(_ node: Node, _ reading: inout Reading) -> LabelPart? {
    guard let text = reading.text(node, expected: "a word of a label") else { return nil }
    let isWord = text.utf8.allSatisfy { byte in
      (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || (0x30...0x39).contains(byte)
        || byte == 0x5F || byte == 0x2E || byte == 0x2D
    }
    guard isWord, !text.isEmpty else {
      reading.report(
        Diagnostic(
          .wrongValue, "'\(text)' is no word of a label", at: node.range,
          help: "give user, role, type and level each by itself"))
      return nil
    }
    return LabelPart(text: text)
  }

  static var shape: Shape { .pattern("^[A-Za-z0-9_.-]+$", example: "bin_t") }
}

/// The last part of a label, which may hold colons and commas.
struct LabelLevel: FieldValue {
  let text: String

  static func read(_ node: Node, _ reading: inout Reading) -> LabelLevel? {
    guard let text = reading.text(node, expected: "a level such as s0") else { return nil }
    let allowed = Set("sc0123456789:,.-".utf8)
    guard text.first == "s", text.utf8.allSatisfy(allowed.contains) else {
      reading.report(Diagnostic(.wrongValue, "'\(text)' is no level such as s0", at: node.range))
      return nil
    }
    return LabelLevel(text: text)
  }

  static var shape: Shape { .pattern("^s[sc0-9:,.-]*$", example: "s0") }
}

/// The parts of a label that a playbook claims; nil makes no claim.
package struct LabelWanted: Hashable, Sendable, Codable {
  /// The SELinux user.
  package var user: String?
  /// The role.
  package var role: String?
  /// The type.
  package var type: String?
  /// The level or range.
  package var level: String?

  /// Makes no claim but the ones given.
  package init(
    user: String? = nil, role: String? = nil, type: String? = nil, level: String? = nil
  ) {
    self.user = user
    self.role = role
    self.type = type
    self.level = level
  }

  /// `label` with what is claimed put in; what neither says is what files usually have.
  func applied(to label: String?) -> String {
    let parts =
      label?.split(at: ":", maxSplits: 3, omittingEmptySubsequences: false)
      .map(String.init) ?? []
    let part = { (index: Int) in parts.count > index ? parts[index] : nil }
    let level = level ?? part(3) ?? (parts.isEmpty ? "s0" : nil)
    return [
      user ?? part(0) ?? "system_u", role ?? part(1) ?? "object_r",
      type ?? part(2) ?? "unlabeled_t",
    ].joined(separator: ":") + (level.map { ":\($0)" } ?? "")
  }
}
