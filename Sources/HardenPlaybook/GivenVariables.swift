internal import HardenCore
internal import HardenModel

/// Values that come from outside: from files of variables and from the command line.
struct GivenVariables {
  private struct Value {
    var node: Node
    /// Whether the place of `node` can be shown to a person.
    var hasPlace: Bool
  }

  private var values: [String: Value] = [:]
  private var declared: Set<String> = []

  /// Reads the files of `request`; a later one wins, and the command line wins over all.
  init(_ request: LoadRequest, _ sources: SourceReader) {
    for path in request.variableFiles {
      guard let root = sources.document(at: SourcePlace(named: path)) else { continue }
      guard let entries = root.entries else {
        sources.report(
          Diagnostic(
            .wrongType, "expected names and values, found \(root.shape)", at: root.range))
        continue
      }
      for entry in entries { values[entry.key] = Value(node: entry.value, hasPlace: true) }
    }
    for (name, text) in request.set {
      let place = SourceRange(file: "--set", line: 1, column: 1)
      values[name] = Value(node: Node(.scalar(text, quoted: false), at: place), hasPlace: false)
    }
  }

  /// Notes that a file declares the variable `name`.
  mutating func declare(_ name: String) { declared.insert(name) }

  /// The value given for a variable of `type`; nil where none is given, or it is wrong.
  func value(_ name: String, _ type: VariableType, _ reading: inout Reading)
    -> (isGiven: Bool, content: Node.Content?)
  {
    guard let value = values[name] else { return (false, nil) }
    var node = value.node
    // On a command line a list is its values with commas between them.
    if !value.hasPlace, type.name == .list, let text = node.text {
      node.content = .sequence(
        text.split(at: ",").map { Node(.scalar(String($0), quoted: true), at: node.range) })
    }
    var own = Reading()
    let content = type.accept(node, &own)
    for var diagnostic in own.diagnostics {
      if !value.hasPlace {
        diagnostic.message = "--set \(name): \(diagnostic.message)"
        diagnostic.range = nil
      }
      reading.report(diagnostic)
    }
    return (true, content)
  }

  /// Reports every value whose name no file declares.
  func reportUnknown(to sources: SourceReader) {
    for (name, value) in values.sorted(by: { $0.key < $1.key }) where !declared.contains(name) {
      let nearest = Spelling.nearest(to: name, among: declared.sorted())
      sources.report(
        Diagnostic(
          .unknownVariable,
          "\(value.hasPlace ? "" : "--set \(name): ")no playbook declares the variable '\(name)'",
          at: value.hasPlace ? value.node.range : nil,
          help: nearest.map { "did you mean '\($0)'?" }))
    }
  }
}
