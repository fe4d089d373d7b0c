internal import HardenCore
internal import HardenModel

/// What the values of a variable are.
struct VariableType {
  /// The types by the words that playbooks use.
  enum Name: String, Choice { case text, path, mode, integer, boolean, choice, list }

  /// The type.
  var name: Name
  /// The words of a choice.
  var options: [String]

  /// The content of `node` as a value of this type, nil after a report.
  func accept(_ node: Node, _ reading: inout Reading) -> Node.Content? {
    let isRight =
      switch name {
      case .text: String.read(node, &reading) != nil
      case .path: AbsolutePath.read(node, &reading) != nil
      case .mode: Mode.read(node, &reading) != nil
      case .integer: Int.read(node, &reading) != nil
      case .boolean: Bool.read(node, &reading) != nil
      case .choice: isOption(node, &reading)
      case .list: [String].read(node, &reading) != nil
      }
    return isRight ? node.content : nil
  }

  /// Some value of this type, for checks without a host.
  var standIn: Node.Content {
    switch name {
    case .text: .scalar("text", quoted: true)
    case .path: .scalar("/path", quoted: true)
    case .mode: .scalar("0644", quoted: true)
    case .integer: .scalar("1", quoted: false)
    case .boolean: .scalar("true", quoted: false)
    case .choice: .scalar(options.first ?? "", quoted: true)
    case .list: .sequence([])
    }
  }

  private func isOption(_ node: Node, _ reading: inout Reading) -> Bool {
    guard let text = reading.text(node, expected: "one of \(options.joined(separator: ", "))")
    else { return false }
    if options.contains(text) { return true }
    // Without options there is nothing to choose from, which has been reported.
    guard !options.isEmpty else { return false }
    reading.report(
      Diagnostic(
        .wrongValue, "'\(text)' is none of \(options.joined(separator: ", "))", at: node.range,
        help: Spelling.nearest(to: text, among: options).map { "did you mean '\($0)'?" }))
    return false
  }
}
