package import HardenCore
internal import HardenModel
package import HardenSystem

/// Reads playbooks: bytes to controls with their resources, all mistakes at once.
package struct PlaybookLoader {
  private let catalog: Catalog

  /// A loader for the kinds in `catalog`.
  package init(catalog: Catalog) { self.catalog = catalog }

  /// Loads the playbooks for `host`, on which facts and cases of variables are decided.
  package func load(_ request: LoadRequest, on host: borrowing Host) -> LoadedPlaybooks {
    do throws(SystemError) {
      return load(request, in: HostSurroundings(try host.fresh()))
    } catch {
      let diagnostic = Diagnostic(.unreadable, error.description, at: nil)
      return LoadedPlaybooks(baseline: nil, diagnostics: [diagnostic], texts: [:])
    }
  }

  /// Checks the playbooks without any host: facts and variables take stand-ins of the right type.
  package func check(_ request: LoadRequest) -> LoadedPlaybooks {
    load(request, in: NoSurroundings())
  }

  private func load(_ request: LoadRequest, in surroundings: any Surroundings) -> LoadedPlaybooks {
    let sources = SourceReader(version: request.version, given: request.texts)
    var given = GivenVariables(request, sources)
    var reader = PlaybookReader(
      catalog: catalog, request: request, surroundings: surroundings, sources: sources)
    var names: [String] = []
    for path in request.paths {
      let name = reader.read(top: path, given: &given)
      if let name, names.contains(name) {
        sources.report(
          Diagnostic(
            .wrongValue, "two playbooks are called '\(name)'",
            at: SourceRange(file: path, line: 1, column: 1),
            help: "the name owns what a playbook sets, so each needs one of its own"))
      }
      if let name { names.append(name) }
    }
    for path in request.waiverFiles { reader.readWaivers(at: path) }
    for path in request.canaryFiles { reader.readCanary(at: path) }
    // A file that could not be read might have declared what seems unknown.
    if sources.isComplete { given.reportUnknown(to: sources) }
    let controls = ControlChecks(
      reader.collected, isComplete: sources.isComplete,
      today: request.today ?? CalendarDay.text(of: CurrentProcess.time)
    ).run(sources)
    if controls.isEmpty, !sources.hasErrors { sources.report(Self.nothing(request, reader)) }
    let baseline = Baseline(
      playbooks: names, sources: sources.files, controls: controls,
      waivers: reader.collected.waivers, canary: reader.collected.canary.map(\.canary))
    return LoadedPlaybooks(
      baseline: sources.hasErrors ? nil : baseline, diagnostics: sources.diagnostics,
      texts: sources.texts)
  }

  private static func nothing(_ request: LoadRequest, _ reader: PlaybookReader) -> Diagnostic {
    let isFiltered = !reader.collected.declared.isEmpty
    return Diagnostic(
      .nothingToDo,
      isFiltered ? "no control is left after selecting" : "there is nothing to do: no controls",
      at: request.paths.first.map { SourceRange(file: $0, line: 1, column: 1) },
      help: isFiltered ? "choose another profile, or except less" : "add controls: or include:")
  }
}
