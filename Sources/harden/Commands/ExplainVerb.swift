internal import ArgumentParser
internal import HardenCore
internal import HardenEngine
internal import HardenModel
internal import HardenPlaybook
internal import HardenResources
internal import HardenSystem
internal import HardenViews

/// `harden explain`: a kind, the code of a mistake, or a control on this host.
struct ExplainVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a kind, the code of a mistake, or a control.",
    discussion: """
      EXAMPLES
        harden explain sysctl                          what it compares, and its undo
        harden explain H0105                           what the mistake means
        harden explain kernel-pointers baseline.yaml   what it asks for, what is here
      """)

  @Argument(help: "A kind, a code, or the id of a control.", completion: .explained)
  var name: String

  @Argument(help: "The playbooks, for a control.", completion: .playbooks)
  var playbooks: [String] = []

  @OptionGroup(title: "What is wanted") var wanted: PlaybookOptions
  @OptionGroup(title: "Where") var place: HostOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func perform(_ console: Console) throws -> ExitCode {
    if !playbooks.isEmpty { return try explainControl(console) }
    let text: String
    if let kind = catalog.kind(name) {
      text = ManualPage(kind.manual).text
    } else if let code = DiagnosticCode(rawValue: name.uppercased()) {
      text = code.explanation.text
    } else {
      throw CommandFailure(
        .usage, "'\(name)' is neither a kind nor a code", help: Self.help(for: name))
    }
    if console.isJSON {
      try console.print(JSONDocument("explanation", ["name": name, "text": text], exit: .success))
    } else {
      try console.print(text)
    }
    return .success
  }

  private func explainControl(_ console: Console) throws -> ExitCode {
    let plan = try Planning.plan(
      playbooks, wanted, prune: false, for: .showing, place: place, stays: true, console: console
    ).plan
    guard let text = ControlText(name, in: plan, style: console.style) else {
      let nearest = Spelling.nearest(to: name, among: plan.controls.map(\.id))
      throw CommandFailure(
        .usage, "no control is called '\(name)'", help: nearest.map { "did you mean '\($0)'?" })
    }
    if console.isJSON {
      var only = plan
      only.controls.removeAll { $0.id != name }
      only.changes.removeAll { $0.control != name }
      try console.print(JSONDocument("explanation", PlanJSON(only), exit: .success))
    } else {
      try console.print(text.text)
    }
    return .success
  }

  private static func help(for name: String) -> String {
    let words = catalog.kinds.map { $0.manual.kind } + DiagnosticCode.allCases.map(\.rawValue)
    if let nearest = Spelling.nearest(to: name, among: words) {
      return "did you mean '\(nearest)'?"
    }
    return "for a control name its playbook too: harden explain \(name) baseline.yaml"
  }
}
