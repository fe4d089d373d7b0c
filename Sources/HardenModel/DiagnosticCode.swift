/// The closed list of mistakes that harden reports about what a person wrote.
///
/// The number never changes its meaning; `harden explain CODE` prints ``explanation``.
package enum DiagnosticCode: String, Sendable, Codable, CaseIterable {
  // Text: what stands below the playbook's meaning.
  case unreadable = "H0001"
  case tooLarge = "H0002"
  case notUTF8 = "H0003"
  case forbiddenCharacter = "H0004"
  case syntax = "H0005"
  case anchor = "H0006"
  case tag = "H0007"
  case mergeKey = "H0008"
  case duplicateKey = "H0009"
  case manyDocuments = "H0010"
  // Shape: keys and values.
  case unknownKey = "H0101"
  case missingKey = "H0102"
  case wrongType = "H0103"
  case wrongValue = "H0104"
  case ambiguousMode = "H0105"
  case formatVersion = "H0106"
  case requirement = "H0107"
  // Meaning: names that refer to something.
  case unknownKind = "H0201"
  case laterKind = "H0202"
  case unknownVariable = "H0203"
  case unknownControl = "H0204"
  case duplicateControl = "H0205"
  case cycle = "H0206"
  case include = "H0207"
  case unknownProfile = "H0208"
  case waiverUnknown = "H0209"
  case unknownFact = "H0210"
  case nothingToDo = "H0211"
  // The plan as a whole.
  case contradiction = "H0301"
  case notConverging = "H0302"
  // Warnings.
  case waiverExpired = "H0401"

  /// Whether a diagnostic of this code stops the command.
  package var severity: Diagnostic.Severity { self == .waiverExpired ? .warning : .error }
}
