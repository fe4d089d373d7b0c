package import HardenModel

/// The forms in which an assessment is handed to others.
package enum ReportFormat: String, Hashable, Sendable, CaseIterable {
  /// For people, on a terminal or in a mail.
  case text
  /// harden's own document, with everything in it.
  case json
  /// JUnit XML, which build servers show.
  case junit
  /// One page without script or network.
  case html
  /// SARIF 2.1.0: findings at their lines of the playbook.
  case sarif
  /// InSpec's JSON reporter, for dashboards and converters.
  case inspec
  /// The text file collector of Prometheus' node exporter.
  case prometheus
  /// OSCAL assessment results, for auditors.
  case oscal

  /// `assessment` in this form, ending in a line feed; `exit` is the code of the command.
  package func text(_ assessment: Assessment, exit: ExitCode) throws -> String {
    switch self {
    case .text: AssessmentText(assessment).text
    case .json: try JSONDocument("assessment", AssessmentJSON(assessment), exit: exit).text()
    case .junit: JUnitReport(assessment: assessment).text
    case .html: HTMLReport(assessment: assessment).text
    case .sarif: try VisibleJSON.text(SARIFReport(assessment: assessment))
    case .inspec: try VisibleJSON.text(InSpecReport(assessment))
    case .prometheus: PrometheusReport(assessment: assessment).text
    case .oscal: try VisibleJSON.text(OSCALReport(assessment: assessment))
    }
  }
}
