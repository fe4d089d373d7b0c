internal import HardenCore
internal import HardenModel

/// Gives each variable of one file its value, in the order of declaration.
struct ScopeBuilder {
  /// What is known so far.
  private(set) var scope: Scope
  /// What was wrong.
  private(set) var diagnostics: [Diagnostic] = []

  /// Starts with nothing but facts.
  init(_ surroundings: any Surroundings) { scope = Scope(surroundings: surroundings) }

  /// Reads the declarations in `node`.
  ///
  /// `bound` holds what an including file gives; it wins over `given`, which wins over cases and
  /// defaults. `isChecking` accepts variables without any value.
  mutating func declare(
    _ node: Node, bound: [Node.Entry], given: inout GivenVariables, isChecking: Bool
  ) {
    guard let entries = node.entries else {
      diagnostics.append(
        Diagnostic(.wrongType, "expected variables by name, found \(node.shape)", at: node.range))
      return
    }
    for entry in entries {
      given.declare(entry.key)
      let known = scope
      var reading = Reading(expand: known.expand)
      let content = value(
        entry, bound: bound, given: given, isChecking: isChecking, &reading)
      scope.values[entry.key] = content
      if content == nil { scope.broken.insert(entry.key) }
      diagnostics += reading.diagnostics
    }
  }

  private func value(
    _ entry: Node.Entry, bound: [Node.Entry], given: GivenVariables, isChecking: Bool,
    _ reading: inout Reading
  ) -> Node.Content? {
    if !Identifier.isValid(entry.key) || entry.key.contains(".") {
      reading.report(
        Diagnostic(
          .wrongValue, "'\(entry.key)' cannot be the name of a variable", at: entry.keyRange,
          help: "use letters, digits, - and _"))
    }
    guard let variable = Variable.read(entry.value, &reading) else { return nil }
    // Every value is checked, whichever of them counts.
    let usual = variable.usual.map { variable.type.accept($0, &reading) }
    let cases = variable.cases.map { ($0.condition, variable.type.accept($0.value, &reading)) }
    let outer = given.value(entry.key, variable.type, &reading)
    if let value = bound.first(where: { $0.key == entry.key })?.value {
      return variable.type.accept(value, &reading)
    }
    if outer.isGiven { return outer.content }
    for (condition, content) in cases {
      switch scope.surroundings.outcome(of: condition) {
      case .holds: return content
      case .fails, nil: continue
      case .unmeasured(let why):
        reading.report(
          Diagnostic(
            .unknownFact, "a case of '\(entry.key)' cannot be decided here: \(why)",
            at: entry.keyRange, help: "give it a value: --set \(entry.key)=VALUE"))
        return nil
      }
    }
    if let usual { return usual }
    if isChecking { return cases.first?.1 ?? variable.type.standIn }
    reading.report(
      Diagnostic(
        .missingKey, "the variable '\(entry.key)' has no value", at: entry.keyRange,
        help: "give it one: --set \(entry.key)=VALUE, or a default"))
    return nil
  }
}
