package import HardenModel

/// One mistake of a playbook, as machines read it.
package struct DiagnosticJSON: Encodable {
  private var code: DiagnosticCode
  private var severity: Diagnostic.Severity
  private var message: String
  private var at: PositionJSON?
  private var help: String?
  private var notes: [Note]

  /// The machine's view of `diagnostic`.
  package init(_ diagnostic: Diagnostic) {
    code = diagnostic.code
    severity = diagnostic.severity
    message = diagnostic.message
    at = diagnostic.range.map(PositionJSON.init)
    help = diagnostic.help
    notes = diagnostic.notes.map { Note(message: $0.message, at: PositionJSON($0.range)) }
  }

  private struct Note: Encodable {
    var message: String
    var at: PositionJSON
  }
}
