package import HardenModel

/// The one YAML document of a file as nodes with positions, with everything that is wrong with it.
///
/// Only what playbooks may use is accepted: no anchors, aliases, merge keys, tags, further
/// documents or repeated keys. What is refused is reported and reading goes on where that is sound.
package struct YAMLDocument: Sendable {
  /// The topmost node; nil when the file is empty or could not be read to its end.
  package let root: Node?
  /// Every mistake, in the order of the text.
  package let diagnostics: [Diagnostic]

  /// Reads `bytes`, naming `file` in positions.
  package init(_ bytes: [UInt8], file: String) {
    let forbidden = TextCheck.mistakes(in: bytes, file: file)
    guard forbidden.isEmpty else {
      root = nil
      diagnostics = forbidden
      return
    }
    var builder = TreeBuilder(bytes, file: file)
    root = builder.document()
    diagnostics = builder.mistakes
  }
}

/// What a file may use up before anything is built from it.
package enum YAMLLimits {
  /// Bytes of a file.
  package static let bytes = 1 << 20
  /// Lists and mappings inside each other.
  package static let depth = 32
  /// Scalars, lists and mappings together.
  package static let nodes = 20_000
  /// Bytes of one scalar.
  package static let scalar = 64 << 10
}
