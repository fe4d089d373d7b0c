internal import ArgumentParser

/// How a command prints.
struct OutputOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }
  enum Colour: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

  @Option(help: "For people, or one versioned document for machines.")
  var format = Format.text

  @Option(help: "When to use colour; NO_COLOR counts as never.")
  var color = Colour.auto
}
