internal import ArgumentParser
internal import HardenCore
internal import HardenModel
internal import HardenPlaybook
internal import HardenResources
internal import HardenViews

/// `harden check`: all mistakes of playbooks at once; it looks at no host.
struct CheckVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check playbooks without looking at any host.",
    discussion: """
      Reports every mistake of every file at once, with its place and what to write instead.

      EXAMPLES
        harden check baseline.yaml
        harden check --format json baseline.yaml
      """)

  @Argument(help: "The playbooks.", completion: .playbooks)
  var playbooks: [String]

  @OptionGroup(title: "What is wanted") var wanted: PlaybookOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func perform(_ console: Console) throws -> ExitCode {
    let loaded = PlaybookLoader(catalog: catalog).check(try wanted.request(playbooks))
    let mistakes = PlaybookMistakes(diagnostics: loaded.diagnostics, texts: loaded.texts)
    guard let baseline = loaded.baseline else { throw mistakes }
    console.show(mistakes)
    if console.isJSON {
      let body = loaded.diagnostics.map(DiagnosticJSON.init)
      try console.print(JSONDocument("diagnostics", body, exit: .success))
    } else {
      let resources = baseline.controls.reduce(0) { $0 + $1.resources.count }
      try console.print(
        "\(baseline.playbooks.map(Escaped.text).joined(separator: ", ")): "
          + "\(baseline.controls.count) controls, \(resources) resources, no mistakes\n")
    }
    return .success
  }
}
