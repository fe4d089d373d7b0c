internal import ArgumentParser
internal import HardenModel
internal import HardenSystem
internal import HardenViews

/// `--report FORMAT:FILE`: the same assessment, in as many forms as are wanted.
struct ReportOptions: ParsableArguments {
  /// One report: its form and where it goes.
  struct Target: ExpressibleByArgument {
    var format: ReportFormat
    var path: String

    init?(argument: String) {
      guard let colon = argument.firstIndex(of: ":"),
        let format = ReportFormat(rawValue: String(argument[..<colon])),
        argument.index(after: colon) != argument.endIndex
      else { return nil }
      self.format = format
      path = String(argument[argument.index(after: colon)...])
    }

    static let defaultValueDescription = ""
  }

  @Option(
    name: .customLong("report"),
    help: ArgumentHelp(
      "Also write a report; may be repeated. Formats: "
        + ReportFormat.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "format:file"))
  var reports: [Target] = []

  /// The reports with paths that stay good when the working directory is left.
  func targets() throws -> [Target] {
    try reports.map { target in
      var target = target
      target.path = try Paths.absolute(target.path)
      return target
    }
  }
}

extension [ReportOptions.Target] {
  /// Writes `assessment` in every form; `exit` is the code of the command.
  func write(_ assessment: Assessment, exit: ExitCode) throws {
    for target in self {
      let text = try target.format.text(assessment, exit: exit)
      try UserFile.store(
        [UInt8](text.utf8), at: target.path, isShared: target.format == .prometheus)
    }
  }
}
