/// Codes about keys and values.
enum ShapeExplanations {
  static let unknownKey = CodeExplanation(
    """
    A mapping holds a key that nothing reads. A key that is silently ignored is a control that
    silently does nothing, so it is an error. The help names the nearest key that is known.
    """,
    wrong: "sysctl: {key: kernel.kptr_restrict, valeu: 2}",
    right: "sysctl: {key: kernel.kptr_restrict, value: 2}")

  static let missingKey = CodeExplanation(
    "A mapping lacks a key that it must have, or a variable has no value.",
    wrong: "sysctl: {value: 2}", right: "sysctl: {key: kernel.kptr_restrict, value: 2}")

  static let wrongType = CodeExplanation(
    """
    A value has another form than its field takes: a list where a text belongs, yes where true
    belongs, nothing at all after a colon. Booleans are true and false, never yes, no, on or off.
    """,
    wrong: "substitute: yes", right: "substitute: true")

  static let wrongValue = CodeExplanation(
    "A value has the right form, but it is none that the field takes.",
    wrong: "severity: grave", right: "severity: high")

  static let ambiguousMode = CodeExplanation(
    """
    A file mode is four octal digits. Without the leading zero one YAML reader takes it for decimal
    and the next for octal, which has made files writable for everybody; so modes are quoted.
    """,
    wrong: "mode: 644", right: "mode: \"0644\"")

  static let formatVersion = CodeExplanation(
    """
    A playbook says with its first key which version of the format it is written in. This harden
    reads version 1. While that is not settled nothing else in the file is judged.
    """,
    wrong: "name: web", right: "harden: 1\nname: web")

  static let requirement = CodeExplanation(
    """
    The playbook asks for another version of harden than this one. Nothing else in it is judged,
    because what it means may differ.
    """,
    wrong: "requires: {harden: \">=9.0\"}", right: "requires: {harden: \">=0.1\"}")
}
