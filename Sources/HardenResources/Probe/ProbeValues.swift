internal import HardenCore
internal import HardenModel
internal import HardenSystem

/// 64 hexadecimal digits, as sha256sum prints them.
struct DigestText: FieldValue {
  let digest: Digest

  static func read(_ node: Node, _ reading: inout Reading) -> DigestText? {
    reading.parsed(
      node, expected: "a SHA-256", form: "a SHA-256",
      help: "write 64 hexadecimal digits, as sha256sum prints them"
    ) { Digest(hex: $0.lowercased()).map { DigestText(digest: $0) } }
  }

  static var shape: Shape {
    .pattern("^[0-9a-fA-F]{64}$", example: String(repeating: "0", count: 64))
  }
}

/// One file, whose digest stands beside it, or several with theirs.
enum DigestSubjects: FieldValue {
  case path(String)
  case mapping([(path: String, digests: [Digest])])

  static func read(_ node: Node, _ reading: inout Reading) -> DigestSubjects? {
    guard let entries = node.entries else {
      return AbsolutePath.read(node, &reading).map { .path($0.text) }
    }
    guard !entries.isEmpty else {
      reading.mismatch(node, expected: "at least one file")
      return nil
    }
    var found: [(path: String, digests: [Digest])] = []
    for entry in entries {
      let key = Node(.scalar(entry.key, quoted: true), at: entry.keyRange)
      let path = AbsolutePath.read(key, &reading)
      let digests = OneOrMany<DigestText>.read(entry.value, &reading)
      guard let path, let digests else { continue }
      found.append((path.text, digests.values.map(\.value.digest)))
    }
    return found.count == entries.count ? .mapping(found) : nil
  }

  static var shape: Shape {
    .either([AbsolutePath.shape, .mapping(OneOrMany<DigestText>.shape)])
  }
}

/// For how many days at least.
struct DaysLeft: FieldValue {
  let atLeast: Int

  private static let days = Field<Int>("at_least", required: true, "a number of days")

  static func read(_ node: Node, _ reading: inout Reading) -> DaysLeft? {
    let range = node.range
    var fields = Fields(node, of: "days_left", reading: reading)
    let days = fields.read(days)
    reading = fields.finish()
    guard let days else { return nil }
    guard (0...36_500).contains(days) else {
      reading.report(
        Diagnostic(.wrongValue, "\(days) is no number of days from 0 to 36500", at: range))
      return nil
    }
    return DaysLeft(atLeast: days)
  }

  static var shape: Shape { .object([days.spec]) }
}

/// Files and an expression that must not be in them.
struct AbsentPattern: FieldValue {
  let files: [String]
  let pattern: String
  let isIgnoringCase: Bool

  private enum Keys {
    static let files = Field<OneOrMany<PathPattern>>(
      "files", required: true, "a file, a pattern of files, or a list of either")
    static let pattern = Field<String>(
      "pattern", required: true, "an extended regular expression, as grep -E takes it")
    static let ignoresCase = Field<Bool>(
      "ignore_case", "whether small and capital letters are the same; false unless given")
  }

  static func read(_ node: Node, _ reading: inout Reading) -> AbsentPattern? {
    var fields = Fields(node, of: "absent_pattern", reading: reading)
    let files = fields.read(Keys.files)
    let pattern = fields.read(Keys.pattern)
    let isIgnoringCase = fields.read(Keys.ignoresCase) ?? false
    let mistake = pattern.flatMap(mistake)
    if let pattern, let mistake {
      fields.reading.report(
        Diagnostic(
          .wrongValue, "'\(pattern)' is no regular expression: \(mistake)",
          at: fields.node(Keys.pattern)?.range ?? node.range))
    }
    reading = fields.finish()
    guard let files, let pattern, mistake == nil else { return nil }
    return AbsentPattern(
      files: files.values.map(\.value.text), pattern: pattern, isIgnoringCase: isIgnoringCase)
  }

  private static func mistake(in pattern: String) -> String? {
    guard !pattern.isEmpty, !pattern.utf8.contains(0) else { return "it is empty or has a NUL" }
    do throws(LinePattern.Mistake) {
      _ = try LinePattern(pattern)
      return nil
    } catch { return error.message }
  }

  static var shape: Shape {
    .object([Keys.files.spec, Keys.pattern.spec, Keys.ignoresCase.spec])
  }
}
