internal import HardenModel

/// A JSON value whose keys keep their order, for documents that people read too.
indirect enum JSONText: Hashable, Sendable {
  case text(String)
  case integer(Int)
  case boolean(Bool)
  case list([JSONText])
  case object([Member])

  /// One key with its value.
  struct Member: Hashable, Sendable {
    var key: String
    var value: JSONText
  }

  /// An object of `members` in order.
  static func object(_ members: KeyValuePairs<String, JSONText>) -> JSONText {
    .object(members.map { Member(key: $0.key, value: $0.value) })
  }

  /// The value over several lines, indented by two spaces a level.
  func text(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .text(let text): return JSONFile.quoted(text)
    case .integer(let number): return String(number)
    case .boolean(let flag): return String(flag)
    case .list(let values):
      if values.isEmpty { return "[]" }
      let lines = values.map { inner + $0.text(indent: inner) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      let lines = members.map {
        "\(inner)\(JSONFile.quoted($0.key)): \($0.value.text(indent: inner))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
    }
  }
}
