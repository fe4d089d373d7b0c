internal import HardenModel
internal import HardenCore
internal import HardenYAML

/// One entry of `ensure:` as text; nil where a playbook cannot hold some value.
struct FoundEntry {
  private static let indent = "      "
  private static let width = 120

  private let kind: any ResourceKind.Type

  /// Entries of `kind`.
  init(_ kind: any ResourceKind.Type) { self.kind = kind }

  private var name: String { kind.manual.kind }

  /// The lines of an entry of its own, on one line where that is short.
  func lines(_ fields: [FoundField]) -> [String]? {
    let texts = fields.map { flow($0) }
    guard !texts.contains(nil) else { return nil }
    let inline = texts.compactMap(\.self)
    let line = "\(Self.indent)- \(name): {\(inline.joined(separator: ", "))}"
    guard line.count > Self.width || fields.contains(where: { block($0) != nil }) else {
      return [line]
    }
    return ["\(Self.indent)- \(name):"]
      + zip(fields, inline).flatMap { field, line in
        block(field) ?? ["\(Self.indent)    \(line)"]
      }
  }

  /// What stands before the pairs of `mapping`.
  func head(_ fields: [FoundField], mapping: String) -> [String]? {
    let texts = fields.map { flow($0) }
    guard !texts.contains(nil) else { return nil }
    let lines = texts.compactMap { $0 }.map { "\(Self.indent)    \($0)" }
    return ["\(Self.indent)- \(name):"] + lines + ["\(Self.indent)    \(mapping):"]
  }

  /// The line of one pair of a mapping.
  func line(_ member: Found.Member) -> String? {
    flow(member.field, isVerbatim: isVerbatim(member.mapping)).map { "\(Self.indent)      \($0)" }
  }

  // MARK: Values

  /// Whether the kind takes the text of `key` as it stands.
  private func isVerbatim(_ key: String) -> Bool {
    kind.manual.fields.contains { $0.name == key && $0.isVerbatim }
  }

  private func flow(_ field: FoundField) -> String? {
    flow(field, isVerbatim: isVerbatim(field.key))
  }

  private func flow(_ field: FoundField, isVerbatim: Bool) -> String? {
    guard let key = YAMLText.scalar(field.key), let value = flow(field.value, isVerbatim) else {
      return nil
    }
    return "\(key): \(value)"
  }

  private func flow(_ value: FoundValue, _ isVerbatim: Bool) -> String? {
    switch value {
    case .text(let text): return YAMLText.scalar(isVerbatim ? text : Self.literal(text))
    case .number(let text): return YAMLText.number(isVerbatim ? text : Self.literal(text))
    case .flag(let flag): return flag ? "true" : "false"
    case .list(let values):
      let texts = values.map { flow($0, isVerbatim) }
      return texts.contains(nil) ? nil : "[\(texts.compactMap(\.self).joined(separator: ", "))]"
    case .mapping(let fields):
      let texts = fields.map { flow($0, isVerbatim: isVerbatim) }
      return texts.contains(nil) ? nil : "{\(texts.compactMap(\.self).joined(separator: ", "))}"
    }
  }

  /// `text` with nothing in it that would be replaced.
  static func literal(_ text: String) -> String { text.replacing("${", by: "$${") }

  /// A field whose text has several lines.
  private func block(_ field: FoundField) -> [String]? {
    guard case .text(let text) = field.value, let key = YAMLText.scalar(field.key) else {
      return nil
    }
    let inner = "\(Self.indent)      "
    let value = isVerbatim(field.key) ? text : Self.literal(text)
    return YAMLText.block(value, indent: inner).map { head, lines in
      ["\(Self.indent)    \(key): \(head)"] + lines
    }
  }
}
