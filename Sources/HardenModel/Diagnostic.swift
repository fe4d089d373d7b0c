/// One mistake in what a person wrote: where it is, what is wrong and what to do.
///
/// Trouble with the operating system is a `SystemError`, and what became of a resource is an
/// `Outcome`; neither is ever a diagnostic.
package struct Diagnostic: Error, Hashable, Sendable, Codable {
  /// How much a diagnostic weighs: an error stops the command, a warning does not.
  package enum Severity: String, Sendable, Codable { case error, warning }

  /// The stable code that `harden explain` knows, for example `H0102`.
  package var code: DiagnosticCode
  /// Whether it stops the command.
  package var severity: Severity
  /// One sentence without a full stop, starting in lower case.
  package var message: String
  /// The place that is wrong; nil when no single place is.
  package var range: SourceRange?
  /// What to write instead, starting in lower case.
  package var help: String?
  /// Other places that belong to the mistake, each with what it is.
  package var notes: [Note]

  /// A further place that a diagnostic points at.
  package struct Note: Hashable, Sendable, Codable {
    /// What stands there.
    package var message: String
    /// Where it stands.
    package var range: SourceRange

    /// A note saying `message` about `range`.
    package init(_ message: String, at range: SourceRange) {
      self.message = message
      self.range = range
    }
  }

  /// A mistake of kind `code`; its severity is the code's own.
  package init(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange?, help: String? = nil,
    notes: [Note] = []
  ) {
    self.code = code
    severity = code.severity
    self.message = message
    self.range = range
    self.help = help
    self.notes = notes
  }
}
