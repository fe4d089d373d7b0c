/// The name of one resource, the same in every plan, journal and message: `kind[name]`.
package struct Address: Hashable, Sendable, CustomStringConvertible {
  /// The resource kind, for example `sysctl`.
  package var kind: String
  /// What the kind calls this one, for example `kernel.kptr_restrict` or `/etc/passwd`.
  package var name: String

  /// Names the resource `name` of kind `kind`.
  package init(kind: String, name: String) {
    self.kind = kind
    self.name = name
  }

  /// Reads `kind[name]`; nil when `text` does not have that shape.
  package init?(_ text: some StringProtocol) {
    guard text.last == "]", let open = text.firstIndex(of: "["), open != text.startIndex else {
      return nil
    }
    kind = String(text[..<open])
    name = String(text[text.index(after: open)...].dropLast())
  }

  package var description: String { "\(kind)[\(name)]" }
}

extension Address: Comparable {
  package static func < (left: Address, right: Address) -> Bool {
    (left.kind, left.name) < (right.kind, right.name)
  }
}

extension Address: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let address = Address(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not an address of the form kind[name]")
    }
    self = address
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
