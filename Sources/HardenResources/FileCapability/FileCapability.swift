package import HardenCore
package import HardenModel

/// The capabilities that a program gets when it is executed.
package struct FileCapability: ResourceKind {
  /// The program.
  package var path: String
  /// What it should have, as the attribute holds it; nil for no attribute at all.
  package var wanted: Bytes?
  /// Whether absence is accepted.
  package var isMissingAllowed: Bool

  /// The capabilities of the program at `path`.
  package init(path: String, wanted: Bytes?, isMissingAllowed: Bool = false) {
    self.path = path
    self.wanted = wanted
    self.isMissingAllowed = isMissingAllowed
  }

  package var address: Address { Address(kind: "file_capability", name: path) }

  private static let path = Field<OneOrMany<AbsolutePath>>(
    "path", required: true, "the program, or a list of programs")
  private static let capabilities = Field<CapabilityText>(
    "capabilities", required: true,
    "text as cap_from_text(3) reads it, for example cap_net_raw=ep, or none")

  package static func read(_ fields: inout Fields) -> [FileCapability] {
    let paths = fields.read(path)
    let wanted = fields.read(capabilities)
    let isMissingAllowed = fields.isMissingAllowed()
    guard let paths, let wanted else { return [] }
    return paths.values.map {
      FileCapability(
        path: $0.value.text, wanted: wanted.capabilities.map { Bytes($0.bytes) },
        isMissingAllowed: isMissingAllowed)
    }
  }

  package static let manual = Manual(
    kind: "file_capability",
    summary: "A program has exactly these capabilities, or none.",
    details: """
      What is compared and written is the attribute `security.capability` itself, byte by byte, so
      `none` (no attribute) and `"="` (an attribute that grants nothing) differ. The effective flag
      is one bit of a file: it counts for all of its capabilities or for none.

      The kernel drops the attribute whenever the file's owner changes or its content is written,
      and a package upgrade replaces the file. Where owner and capabilities of one file are wanted,
      harden sets the owner first.

      Taking capabilities from a program that others rely on, such as newuidmap or ping, wants
      `--accept-risk`. Links, directories and files with further names are refused.
      """,
    fields: [path.spec, capabilities.spec, Fields.ifMissing.spec],
    planes: "file",
    undo: "exact: the attribute's bytes",
    example: """
      file_capability: {path: /usr/local/bin/proxy, capabilities: "cap_net_bind_service=ep"}
      """)
}

/// Capabilities in text form, or the word none.
struct CapabilityText: FieldValue {
  let capabilities: FileCapabilities?

  static func read(_ node: Node, _ reading: inout Reading) -> CapabilityText? {
    guard let text = reading.text(node, expected: "capabilities, or none") else { return nil }
    if text == "none" { return CapabilityText(capabilities: nil) }
    guard text.contains(where: { !$0.isWhitespace }) else {
      reading.report(
        Diagnostic(
          .wrongValue, "no capabilities are named", at: node.range,
          help: "write none to take the attribute away, or \"=\" for one that grants nothing"))
      return nil
    }
    do throws(FileCapabilities.Mistake) {
      return CapabilityText(capabilities: try FileCapabilities(text: text))
    } catch {
      reading.report(Diagnostic(.wrongValue, error.message, at: node.range))
      return nil
    }
  }

  static var shape: Shape { .pattern("^(none|.*[=+-].*)$", example: "cap_net_raw=ep") }
}
