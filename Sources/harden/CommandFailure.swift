internal import HardenEngine
internal import HardenModel
internal import HardenSystem

/// Why a command ends otherwise than well, in one sentence, with what to do about it.
struct CommandFailure: Error {
  /// The code to exit with.
  var code: ExitCode
  /// One sentence without a full stop, starting in lower case.
  var message: String
  /// What to do.
  var help: String?

  /// `message`, ending the command with `code`.
  init(_ code: ExitCode, _ message: String, help: String? = nil) {
    self.code = code
    self.message = message
    self.help = help
  }

  /// What the engine says: the first sentence is what happened, the others what to do.
  init(_ failure: Failure) {
    if case .system(let error) = failure {
      self.init(error)
      return
    }
    let sentences = failure.sentences
    self.init(
      failure.exitCode, sentences.first ?? "",
      help: sentences.count > 1 ? sentences.dropFirst().joined(separator: "\n") : nil)
  }

  /// Trouble with the operating system: 77 where the caller may simply not be allowed to.
  init(_ error: SystemError) {
    self.init(
      error.isPermission ? .notPermitted : .failed, "\(error)",
      help: error.isPermission && !CurrentProcess.isRoot ? "run it as root" : nil)
  }
}

/// Mistakes in what a person wrote, with the texts that they are about.
struct PlaybookMistakes: Error {
  /// Everything that is wrong.
  var diagnostics: [Diagnostic]
  /// The text of each file, for showing the lines.
  var texts: [String: String]
}

/// What went wrong was said by another process of ours; only the code is left to pass on.
struct AlreadySaid: Error {
  /// The code to exit with.
  var code: ExitCode
}
