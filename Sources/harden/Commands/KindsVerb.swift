internal import ArgumentParser
internal import HardenCore
internal import HardenModel
internal import HardenResources
internal import HardenViews

/// `harden kinds`: what playbooks can ask for.
struct KindsVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "kinds",
    abstract: "List the kinds of resources that playbooks can ask for.",
    discussion: "harden explain KIND tells everything about one of them.")

  @OptionGroup(title: "Output") var output: OutputOptions

  func perform(_ console: Console) throws -> ExitCode {
    let manuals = catalog.kinds.map { $0.manual }
    if console.isJSON {
      let kinds = manuals.map { Kind(kind: $0.kind, summary: $0.summary, planes: $0.planes) }
      try console.print(JSONDocument("kinds", kinds, exit: .success))
    } else {
      let width = manuals.map(\.kind.count).max() ?? 0
      for manual in manuals {
        let space = String(repeating: " ", count: width - manual.kind.count)
        try console.print("\(manual.kind)\(space)  \(manual.summary)\n")
      }
    }
    return .success
  }

  private struct Kind: Encodable {
    var kind, summary, planes: String
  }
}
