package import HardenModel

/// What every command prints with `--format json`: one document with its version and exit code.
///
/// `format_version` changes only when a reader of the old version would misunderstand; new keys
/// may come at any time. Keys are sorted. Times are RFC 3339 in UTC.
package struct JSONDocument<Body: Encodable>: Encodable {
  /// The key below which the body stands, for example `plan`.
  package var name: String
  /// What the command found or did.
  package var body: Body
  /// The code that the command exits with.
  package var exit: ExitCode

  /// A document of `body`.
  package init(_ name: String, _ body: Body, exit: ExitCode) {
    self.name = name
    self.body = body
    self.exit = exit
  }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private struct Exit: Encodable {
    var code: Int32
    var reason: String
  }

  /// Writes the three members of the document.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(1, forKey: Key("format_version"))
    try container.encode(Exit(code: exit.rawValue, reason: exit.reason), forKey: Key("exit"))
    try container.encode(body, forKey: Key(name))
  }

  /// The document as text, ending in a line feed; characters that steer or hide are escaped.
  package func text() throws -> String { try VisibleJSON.text(self) }
}
