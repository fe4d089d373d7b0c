internal import ArgumentParser
internal import HardenModel

/// The parser has a type of this name, too; here it is always harden's own.
typealias ExitCode = HardenModel.ExitCode

/// A verb: its options, and one function that does it and says how the program ends.
protocol Verb: ParsableCommand {
  /// How it prints.
  var output: OutputOptions { get }

  /// Does it; whatever it throws ends the program through ``Console/end(_:)``.
  func perform(_ console: Console) throws -> ExitCode
}
