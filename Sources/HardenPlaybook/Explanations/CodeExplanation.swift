package import HardenModel

/// What a diagnostic code means, with a wrong example and the same put right.
package struct CodeExplanation: Hashable, Sendable {
  /// One paragraph.
  package let meaning: String
  /// Something that gets the diagnostic; nil where no text of a playbook does.
  package let wrong: String?
  /// The same without the mistake.
  package let right: String?

  init(_ meaning: String, wrong: String? = nil, right: String? = nil) {
    self.meaning = meaning
    self.wrong = wrong
    self.right = right
  }

  /// The explanation as text for people.
  package var text: String {
    var parts = [meaning]
    for (title, example) in [("Wrong:", wrong), ("Right:", right)] {
      guard let example else { continue }
      let lines = example.split(at: "\n").map { "    \($0)" }
      parts.append(([title] + lines).joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }
}

extension DiagnosticCode {
  /// What the code means and how to put it right.
  package var explanation: CodeExplanation {
    switch self {
    case .unreadable: TextExplanations.unreadable
    case .tooLarge: TextExplanations.tooLarge
    case .notUTF8: TextExplanations.notUTF8
    case .forbiddenCharacter: TextExplanations.forbiddenCharacter
    case .syntax: TextExplanations.syntax
    case .anchor: TextExplanations.anchor
    case .tag: TextExplanations.tag
    case .mergeKey: TextExplanations.mergeKey
    case .duplicateKey: TextExplanations.duplicateKey
    case .manyDocuments: TextExplanations.manyDocuments
    case .unknownKey: ShapeExplanations.unknownKey
    case .missingKey: ShapeExplanations.missingKey
    case .wrongType: ShapeExplanations.wrongType
    case .wrongValue: ShapeExplanations.wrongValue
    case .ambiguousMode: ShapeExplanations.ambiguousMode
    case .formatVersion: ShapeExplanations.formatVersion
    case .requirement: ShapeExplanations.requirement
    case .unknownKind: NameExplanations.unknownKind
    case .laterKind: NameExplanations.laterKind
    case .unknownVariable: NameExplanations.unknownVariable
    case .unknownControl: NameExplanations.unknownControl
    case .duplicateControl: NameExplanations.duplicateControl
    case .cycle: NameExplanations.cycle
    case .include: NameExplanations.include
    case .unknownProfile: NameExplanations.unknownProfile
    case .waiverUnknown: NameExplanations.waiverUnknown
    case .unknownFact: NameExplanations.unknownFact
    case .nothingToDo: NameExplanations.nothingToDo
    case .contradiction: PlanExplanations.contradiction
    case .notConverging: PlanExplanations.notConverging
    case .waiverExpired: PlanExplanations.waiverExpired
    }
  }
}
