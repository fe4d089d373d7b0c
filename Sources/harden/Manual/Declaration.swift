internal import HardenModel
internal import ArgumentParser
internal import FoundationEssentials

/// A verb as it is declared, read from what the parser says of its own declarations.
struct Declaration: Decodable {
  /// An argument, option or flag.
  struct Argument: Decodable {
    enum Kind: String, Decodable { case positional, option, flag }
    struct Name: Decodable {
      enum Kind: String, Decodable { case long, short, longWithSingleDash }
      var kind: Kind
      var name: String

      /// As it is typed.
      var typed: String { (kind == .long ? "--" : "-") + name }
    }

    var kind: Kind
    var shouldDisplay: Bool
    var sectionTitle: String?
    var isOptional: Bool
    var isRepeating: Bool
    var names: [Name]?
    var valueName: String?
    var defaultValue: String?
    var allValues: [String]?
    var abstract: String?
  }

  var commandName: String
  var abstract: String?
  var discussion: String?
  var shouldDisplay: Bool?
  var subcommands: [Declaration]?
  var arguments: [Argument]?

  /// harden itself with all its verbs.
  static func harden() throws -> Declaration {
    struct Tool: Decodable { var command: Declaration }
    return try JSONDecoder().decode(Tool.self, from: Data(Harden._dumpHelp().utf8)).command
  }

  /// The verbs that people are meant to see.
  var verbs: [Declaration] {
    (subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
  }
}

/// A discussion in its parts: prose, then what stands below headings such as EXAMPLES.
struct Discussion {
  /// Paragraphs.
  private(set) var prose = ""
  /// Headings, each with the lines below it, without their indentation.
  private(set) var parts: [(title: String, lines: String)] = []

  /// Takes `text` apart.
  init(_ text: String) {
    var paragraphs: [String] = []
    for block in text.split(separator: "\n\n") {
      let lines = block.split(at: "\n")
      let isHeading = lines.first?.allSatisfy { $0.isUppercase || $0 == " " } == true
      if isHeading, let title = lines.first {
        let below = lines.dropFirst().map { $0.hasPrefix("  ") ? $0.dropFirst(2) : $0 }
        parts.append((String(title), below.joined(separator: "\n")))
      } else {
        paragraphs.append(String(block))
      }
    }
    prose = paragraphs.joined(separator: "\n\n")
  }
}
