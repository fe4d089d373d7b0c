/// The twelve permission bits of an inode: set-id and sticky bits, then read, write, execute.
package struct Mode: Hashable, Sendable, CustomStringConvertible {
  /// The bits, 0 to 0o7777.
  package var bits: UInt16

  /// The low twelve bits of `bits`.
  package init(_ bits: UInt16) { self.bits = bits & 0o7777 }

  /// Reads `0644` or `4755`: four octal digits, as chmod prints them; nil otherwise.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 4, let bits = UInt16(text, radix: 8), text.first != "+" else {
      return nil
    }
    self.bits = bits
  }

  /// Whether `self` grants nothing that `limit` does not.
  package func isAtMost(_ limit: Mode) -> Bool { bits & ~limit.bits == 0 }

  /// Four octal digits.
  package var description: String {
    let digits = String(bits, radix: 8)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}

extension Mode: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let mode = Mode(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a mode is four octal digits")
    }
    self = mode
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
