internal import ArgumentParser
internal import HardenEngine
internal import HardenModel
internal import HardenSystem
internal import HardenViews

/// The only place that prints: data on standard output, messages on standard error.
struct Console {
  private var format = OutputOptions.Format.text
  private var colour = OutputOptions.Colour.auto

  /// A console for what is wrong with the command line itself.
  init() {}

  /// A console that prints as `options` say.
  init(_ options: OutputOptions) {
    format = options.format
    colour = options.color
  }

  /// Whether standard output is for machines.
  var isJSON: Bool { format == .json }

  /// Whether standard output shows colour.
  var style: Style { style(.output) }

  /// Whether `stream` shows colour: what was asked for, else what the terminal can show.
  private func style(_ stream: CurrentProcess.Stream) -> Style {
    switch colour {
    case .always: return .coloured
    case .never: return .plain
    case .auto:
      let refuses = CurrentProcess.environment("NO_COLOR")?.isEmpty == false
      let terminal = CurrentProcess.environment("TERM")
      guard !refuses, let terminal, terminal != "dumb", CurrentProcess.isTerminal(stream) else {
        return .plain
      }
      return .coloured
    }
  }

  /// Prints data; `text` is already escaped.
  func print(_ text: String) throws { try CurrentProcess.write(text, to: .output) }

  /// Prints a document for machines.
  func print(_ document: JSONDocument<some Encodable>) throws { try print(document.text()) }

  /// Says something to the person in front; `text` is already escaped.
  func say(_ text: String) { try? CurrentProcess.write(text + "\n", to: .error) }

  /// Prints what a run came to and answers with its code.
  func finish(_ report: Report, detailed: Bool) throws -> ExitCode {
    let code = report.exit(detailed: detailed)
    if isJSON {
      try print(JSONDocument("report", ReportJSON(report), exit: code))
    } else {
      try print(ReportText(report, style: style).text)
    }
    return code
  }

  /// Asks `question` until its answer's line end; whether it was exactly `yes`.
  func confirms(_ question: String) -> Bool {
    try? CurrentProcess.write(question, to: .error)
    return CurrentProcess.readLine() == "yes"
  }
}

// MARK: - Ends

extension Console {
  /// Prints why a command did not end well and answers with the code for it; the one function
  /// through which every error leaves.
  func end(_ error: any Error) -> ExitCode {
    switch error {
    case let failure as CommandFailure: return end(failure)
    case let failure as Failure: return end(CommandFailure(failure))
    case let error as SystemError: return end(CommandFailure(error))
    case let mistakes as PlaybookMistakes: return end(mistakes)
    case let said as AlreadySaid: return said.code
    default: return end(parsing: error)
    }
  }

  private func end(_ failure: CommandFailure) -> ExitCode {
    say(
      style(.error).paint("harden:", .alarm) + " " + Escaped.block(failure.message)
        + (failure.help.map { "\n  help: " + Escaped.block($0) } ?? ""))
    if isJSON {
      try? print(
        JSONDocument(
          "failure", FailureJSON(message: failure.message, help: failure.help), exit: failure.code))
    }
    return failure.code
  }

  private func end(_ mistakes: PlaybookMistakes) -> ExitCode {
    show(mistakes)
    if isJSON {
      let body = mistakes.diagnostics.map(DiagnosticJSON.init)
      try? print(JSONDocument("diagnostics", body, exit: .invalid))
    }
    return .invalid
  }

  /// Shows mistakes and warnings on standard error, where a person looks.
  func show(_ mistakes: PlaybookMistakes) {
    guard !mistakes.diagnostics.isEmpty else { return }
    let view = DiagnosticView(mistakes.diagnostics, texts: mistakes.texts)
    try? CurrentProcess.write(view.text(style(.error)), to: .error)
  }

  /// What the parser throws: help and version are data and no error, the rest is usage.
  func end(parsing error: any Error) -> ExitCode {
    let text = Harden.fullMessage(for: error) + "\n"
    if Harden.exitCode(for: error).isSuccess {
      do { try print(text) } catch { return .failed }
      return .success
    }
    try? CurrentProcess.write(Escaped.block(text), to: .error)
    return .usage
  }
}

/// A failure as machines read it.
struct FailureJSON: Encodable {
  var message: String
  var help: String?
}
