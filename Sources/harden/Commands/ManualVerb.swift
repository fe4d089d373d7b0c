internal import ArgumentParser
internal import HardenModel
internal import HardenViews

/// `harden manual`: the pages of the manual, for whoever makes a package; not for people.
struct ManualVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print a page of the manual for man, or the names of all pages.",
    shouldDisplay: false)

  @Argument(help: "The page, as in harden-plan.8.")
  var page: String?

  @OptionGroup(title: "Output") var output: OutputOptions

  func perform(_ console: Console) throws -> ExitCode {
    let harden = try Declaration.harden()
    let verbs = harden.verbs.map { VerbPage(declaration: $0, verb: $0.commandName) }
    let pages = [VerbPage(declaration: harden, verb: nil)] + verbs
    let playbook = "\(PlaybookPage.name).5"
    guard let page else {
      for page in pages { try console.print("\(page.name).8\n") }
      try console.print("\(playbook)\n")
      return .success
    }
    if page == playbook {
      try console.print(PlaybookPage.text)
    } else if let page = pages.first(where: { "\($0.name).8" == page }) {
      try console.print(page.text)
    } else {
      throw CommandFailure(.usage, "there is no page '\(page)'", help: "harden manual lists them")
    }
    return .success
  }
}
