internal import HardenCore
internal import HardenModel

/// What a setting may say, and what is written where it says something else.
package struct SettingWanted: Hashable, Sendable, Codable {
  /// Accepted values; empty accepts all that the bounds accept.
  package var any: [String] = []
  /// Smallest accepted number.
  package var atLeast: Int?
  /// Largest accepted number.
  package var atMost: Int?
  /// Values that are not accepted.
  package var not: [String] = []
  /// What is written.
  package var set: String

  /// Accepts and writes `value`.
  package init(_ value: String) {
    any = [value]
    set = value
  }

  /// Whether a file in `format` that says `text` is as wanted.
  func accepts(_ text: String, in format: SettingFormat) -> Bool {
    let isOne = { (other: String) in format.isSame(text, other) }
    guard any.isEmpty || any.contains(where: isOne), !not.contains(where: isOne) else {
      return false
    }
    guard atLeast != nil || atMost != nil else { return true }
    guard let number = Int(SettingFormat.unquoted(text)) else { return false }
    return atLeast.map { number >= $0 } != false && atMost.map { number <= $0 } != false
  }
}

/// A value as a playbook writes it, for formats that know types and for those that do not.
struct SettingText: FieldValue {
  /// The text of a scalar; nil for lists and mappings.
  var plain: String?
  /// The same as JSON: what stands there without quotes and is JSON already stays as it is.
  var json: String

  static func read(_ node: Node, _ reading: inout Reading) -> SettingText? {
    SettingText(plain: node.text, json: json(node))
  }

  static var shape: Shape { .either([.text, .list(.text), .mapping(.text)]) }

  private static func json(_ node: Node) -> String {
    switch node.content {
    case .scalar(let text, let isQuoted):
      let isLiteral =
        ["true", "false", "null"].contains(text) || JSONFile.isNumber(text)
      return isLiteral && !isQuoted ? text : JSONFile.quoted(text)
    case .sequence(let items): return "[" + items.map(json).joined(separator: ", ") + "]"
    case .mapping(let entries):
      return "{"
        + entries.map { "\(JSONFile.quoted($0.key)): \(json($0.value))" }.joined(separator: ", ")
        + "}"
    }
  }

  /// What belongs into a file of `format`, nil after a report.
  func text(for format: SettingFormat, at range: SourceRange, _ reading: inout Reading) -> String? {
    if format == .json { return json }
    guard let plain else {
      reading.report(
        Diagnostic(.wrongType, "only JSON has lists and mappings as values", at: range))
      return nil
    }
    let isLine = !plain.utf8.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }
    let isTrimmed =
      plain.first != " " && plain.first != "\t" && plain.last != " " && plain.last != "\t"
    let isWhole =
      format == .lines || format == .ini || !plain.hasPrefix("#") && !plain.contains(" #")
    guard isLine, isTrimmed || format == .lines, isWhole, !plain.hasSuffix("\\") else {
      reading.report(
        Diagnostic(
          .wrongValue, "'\(plain)' cannot be a value in the format \(format.rawValue)", at: range,
          help: "write one line without blanks around it, and without a comment"))
      return nil
    }
    guard !plain.isEmpty || format == .keyvalue || format == .ini else {
      reading.report(
        Diagnostic(.wrongValue, "\(format.rawValue) knows no empty values", at: range))
      return nil
    }
    return plain
  }
}

extension SettingWanted {
  private static let any = Field<[SettingText]>("any", "accepted values")
  private static let atLeast = Field<Int>("at_least", "smallest accepted number")
  private static let atMost = Field<Int>("at_most", "largest accepted number")
  private static let not = Field<OneOrMany<SettingText>>("not", "values that are not accepted")
  private static let set = Field<SettingText>("set", "what is written where another is found")

  static var shape: Shape {
    .either([
      SettingText.shape, .object([any.spec, atLeast.spec, atMost.spec, not.spec, set.spec]),
    ])
  }

  private static let keys: Set<String> = ["any", "at_least", "at_most", "not", "set"]

  /// Reads the value for a file of `format`; nil after a report.
  static func read(_ node: Node, for format: SettingFormat, _ reading: inout Reading)
    -> SettingWanted?
  {
    guard let entries = node.entries,
      format != .json || entries.contains(where: { Self.keys.contains($0.key) })
    else {
      return SettingText.read(node, &reading)?.text(for: format, at: node.range, &reading).map(
        SettingWanted.init)
    }
    let before = reading.diagnostics.count
    let (any, atLeast, atMost, not, set) = reading.inside(node, of: "the value") {
      (
        $0.read(Self.any), $0.read(Self.atLeast), $0.read(Self.atMost), $0.read(Self.not),
        $0.read(Self.set)
      )
    }
    let text = { (value: SettingText, reading: inout Reading) in
      value.text(for: format, at: node.range, &reading)
    }
    let accepted = (any ?? []).compactMap { text($0, &reading) }
    let refused = (not?.values ?? []).compactMap { text($0.value, &reading) }
    let given = set.flatMap { text($0, &reading) }
    guard reading.diagnostics.count == before else { return nil }

    let bound = (atLeast ?? atMost).map { String($0) }
    guard let written = given ?? accepted.first ?? bound else {
      reading.report(
        Diagnostic(
          .missingKey, "the value says not what to write", at: node.range,
          help: "add set, or say any, at_least or at_most"))
      return nil
    }
    var wanted = SettingWanted(written)
    wanted.any = accepted
    (wanted.atLeast, wanted.atMost, wanted.not) = (atLeast, atMost, refused)
    guard wanted.accepts(written, in: format), any != nil || bound != nil || not != nil else {
      reading.report(
        Diagnostic(
          .wrongValue, "what is written, '\(written)', is not among what is accepted",
          at: node.range, help: "let any, at_least, at_most and not accept it"))
      return nil
    }
    return wanted
  }
}

/// The node of a value, which is read once the format is known.
struct SettingNode: FieldValue {
  var node: Node

  static func read(_ node: Node, _ reading: inout Reading) -> SettingNode? {
    SettingNode(node: node)
  }
  static var shape: Shape { SettingWanted.shape }
}

/// Several keys with the nodes of their values.
struct SettingNodes: FieldValue {
  var entries: [Node.Entry]

  static func read(_ node: Node, _ reading: inout Reading) -> SettingNodes? {
    guard let entries = node.entries, !entries.isEmpty else {
      reading.mismatch(node, expected: "a mapping from keys to values")
      return nil
    }
    return SettingNodes(entries: entries)
  }
  static var shape: Shape { .mapping(SettingWanted.shape) }
}
