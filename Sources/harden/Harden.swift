internal import ArgumentParser
internal import HardenModel
internal import HardenSystem

/// The root of the command line; each verb is a file in `Commands`.
@main
struct Harden: ParsableCommand {
  /// The version of harden, in plans and journals too.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "harden",
    abstract: "Bring a Linux host to a written state, prove it, and undo it exactly.",
    usage: "harden VERB [ARGUMENT …]",
    discussion: """
      EXAMPLES
        harden plan baseline.yaml     show what would be done, and why
        harden apply baseline.yaml    do it, after asking
        harden rollback               undo the newest run
        harden explain sysctl         what a kind compares, and its undo

      EXIT CODES
        0  fine to go on                 64  usage
        1  failed and put back           65  invalid playbook
        3  refused, nothing touched      74  journal not durable
        4  a person is needed            75  locked, try again later
                                         77  not permitted
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Change the host:",
        subcommands: [
          PlanVerb.self, ApplyVerb.self, ConfirmVerb.self, RollbackVerb.self, RecoverVerb.self,
          FirstBootVerb.self, GuardVerb.self,
        ]),
      CommandGroup(
        name: "Look at the host:",
        subcommands: [
          StatusVerb.self, RunsVerb.self, ShowVerb.self, DriftVerb.self, ReportVerb.self,
        ]),
      CommandGroup(
        name: "Write playbooks:",
        subcommands: [
          InitVerb.self, CheckVerb.self, ExplainVerb.self, KindsVerb.self, SchemaVerb.self,
          ManualVerb.self,
        ]),
    ])

  /// Every way out of the program ends here, with one code.
  static func main() {
    CurrentProcess.prepare()
    CurrentProcess.exit(outcome(of: Array(CommandLine.arguments.dropFirst())))
  }

  private static func outcome(of arguments: [String]) -> ExitCode {
    if let verb = arguments.first, let failure = unknown(verb) {
      return Console().end(failure)
    }
    var command: any ParsableCommand
    do {
      command = try parseAsRoot(arguments)
    } catch {
      return Console().end(parsing: error)
    }
    guard let verb = command as? any Verb else {
      do {
        try command.run()
        return .success
      } catch {
        return Console().end(parsing: error)
      }
    }
    let console = Console(verb.output)
    do {
      return try verb.perform(console)
    } catch {
      return console.end(error)
    }
  }

  /// The parser would speak of unexpected arguments; people want to know the verb they meant.
  private static func unknown(_ word: String) -> CommandFailure? {
    let verbs = configuration.groupedSubcommands.flatMap(\.subcommands)
      .compactMap { $0.configuration.commandName }
    guard !word.hasPrefix("-"), word != "help", !verbs.contains(word) else { return nil }
    let nearest = Spelling.nearest(to: word, among: verbs).map { "did you mean '\($0)'?" }
    return CommandFailure(
      .usage, "unknown verb '\(word)'",
      help: nearest ?? "harden knows \(verbs.joined(separator: ", "))")
  }
}
