internal import ArgumentParser
internal import HardenCore
internal import HardenModel
internal import HardenPlaybook
internal import HardenResources
internal import HardenSystem

/// What is wanted: how playbooks are read and which of their controls count.
struct PlaybookOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only these controls, by id, tag or kind[name].", valueName: "name"))
  var only: [String] = []

  @Option(help: ArgumentHelp("Not these controls, by id, tag or kind[name].", valueName: "name"))
  var except: [String] = []

  @Option(help: ArgumentHelp("Give a playbook's variable a value.", valueName: "name=value"))
  var set: [String] = []

  @Option(
    help: ArgumentHelp("Read values of variables from a file.", valueName: "file"),
    completion: .playbooks)
  var vars: [String] = []

  @Option(
    help: ArgumentHelp("Read waivers from a file.", valueName: "file"), completion: .playbooks)
  var waivers: [String] = []

  @Option(
    help: ArgumentHelp(
      "Read probes from a file; they run after an apply, and a failure undoes it.",
      valueName: "file"), completion: .playbooks)
  var canary: [String] = []

  @Option(help: ArgumentHelp("One of the playbook's profiles.", valueName: "name"))
  var profile: String?

  @Option(help: ArgumentHelp("Where lib: playbooks are.", valueName: "dir", visibility: .hidden))
  var library: String?

  /// Whether any of them was given.
  var isEmpty: Bool { words.isEmpty }

  /// The selection of controls.
  var selection: Selection { Selection(only: only, except: except) }

  /// What the loader is asked for.
  func request(_ paths: [String]) throws -> LoadRequest {
    guard !paths.isEmpty else {
      throw CommandFailure(.usage, "no playbook is named", help: "harden plan baseline.yaml")
    }
    var values: [String: String] = [:]
    for assignment in set {
      guard let equals = assignment.firstIndex(of: "="), equals != assignment.startIndex else {
        throw CommandFailure(.usage, "'--set \(assignment)' is not of the form NAME=VALUE")
      }
      values[String(assignment[..<equals])] = String(assignment[assignment.index(after: equals)...])
    }
    var request = LoadRequest(
      paths: paths, set: values, variableFiles: vars, waiverFiles: waivers, canaryFiles: canary,
      profile: profile,
      version: Harden.version)
    if let library { request.library = library }
    return request
  }

  /// The options as they were given, for a command line to be typed next.
  var words: [String] {
    let named: [(String, [String])] = [
      ("--only", only), ("--except", except), ("--set", set), ("--vars", vars),
      ("--waivers", waivers), ("--canary", canary), ("--profile", profile.map { [$0] } ?? []),
      ("--library", library.map { [$0] } ?? []),
    ]
    return named.flatMap { name, values in values.flatMap { [name, $0] } }
  }
}
