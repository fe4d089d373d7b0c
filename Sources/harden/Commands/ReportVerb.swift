internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem
internal import HardenViews

/// `harden report`: what holds on this host and what does not, for whoever has to show it.
struct ReportVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Show what holds on this host, control by control or clause by clause.",
    discussion: """
      Compares like plan and changes nothing. Standards that controls cite become a matrix: each \
      clause with its controls and the worst of their verdicts.

      EXAMPLES
        harden report baseline.yaml
        harden report baseline.yaml --report html:web07.html --report junit:web.xml
        harden report baseline.yaml --matrix pci-dss-4
      """)

  @Argument(help: "The playbooks.", completion: .playbooks)
  var playbooks: [String]

  @OptionGroup(title: "What is wanted") var wanted: PlaybookOptions
  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup var report: ReportOptions

  @Option(
    help: ArgumentHelp("Print the clauses of this standard instead.", valueName: "standard"))
  var matrix: String?

  @Flag(
    name: .customLong("detailed-exitcode"), help: "Exit with 2 for differences, 5 for drift only.")
  var isDetailed = false

  func perform(_ console: Console) throws -> ExitCode {
    let targets = try report.targets()
    let plan = try Planning.plan(
      playbooks, wanted, prune: false, for: .showing, place: place, stays: targets.isEmpty,
      console: console
    ).plan
    let code = plan.exit(detailed: isDetailed)
    let assessment = Assessment(plan, .report)
    try targets.write(assessment, exit: code)
    if let matrix {
      let table = Matrix(assessment, standard: matrix)
      guard !table.clauses.isEmpty else {
        throw CommandFailure(
          .usage, "no control cites '\(matrix)'",
          help: "the playbooks cite \(Matrix.standards(of: assessment).joined(separator: ", "))")
      }
      try console.print(
        console.isJSON
          ? JSONDocument("matrix", MatrixJSON(table), exit: code).text()
          : MatrixText(table, style: console.style).text)
    } else {
      try console.print(
        (console.isJSON ? ReportFormat.json : .text).text(assessment, exit: code))
    }
    return code
  }
}
