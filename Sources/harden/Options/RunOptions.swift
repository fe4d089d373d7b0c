internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem

/// What a run is told besides its plan.
struct RunOptions: ParsableArguments {
  @Flag(help: "Do not ask.")
  var yes = false

  @Option(
    name: .customLong("reason"), help: ArgumentHelp("Why, for the record.", valueName: "text"))
  var reason: String?

  /// Who begins the run, as far as the kernel tells.
  func actor(label: String? = nil) throws -> Actor {
    Actor(
      login: CurrentProcess.identifier("loginuid"), session: CurrentProcess.identifier("sessionid"),
      user: CurrentProcess.user, command: CommandLine.arguments, reason: reason, label: label)
  }

  /// Asks before anything is changed; without anybody to ask, says what to type instead.
  func confirm(_ question: String, console: Console) throws {
    if yes { return }
    guard CurrentProcess.isTerminal(.input) else {
      throw CommandFailure(
        .usage, "there is no terminal to ask on",
        help: Paths.commandLine(["harden"] + CommandLine.arguments.dropFirst() + ["--yes"]))
    }
    guard console.confirms("\(question) Type yes: ") else {
      throw CommandFailure(.refused, "not confirmed; nothing was changed")
    }
  }
}
