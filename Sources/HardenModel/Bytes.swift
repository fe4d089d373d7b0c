/// Bytes that are usually text: written as a JSON string where they are UTF-8, else as base64.
package struct Bytes: Hashable, Sendable {
  /// The bytes themselves.
  package var raw: [UInt8]

  /// Wraps `raw`.
  package init(_ raw: [UInt8]) { self.raw = raw }

  /// The bytes as text, nil when they are not UTF-8.
  package var text: String? { String(validating: raw, as: UTF8.self) }
}

extension Bytes: Codable {
  private enum CodingKeys: String, CodingKey { case base64 }

  package init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      raw = Array(text.utf8)
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard let decoded = Base64.decode(try container.decode(String.self, forKey: .base64)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .base64, in: container, debugDescription: "not base64")
    }
    raw = decoded
  }

  package func encode(to encoder: any Encoder) throws {
    if let text {
      var container = encoder.singleValueContainer()
      try container.encode(text)
    } else {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(Base64.encode(raw), forKey: .base64)
    }
  }
}

/// RFC 4648 base64, here because the model imports nothing.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = 0
      for index in 0..<3 {
        bits = bits << 8 | (index < group.count ? Int(group[start + index]) : 0)
      }
      for index in 0..<4 {
        out.append(index <= group.count ? alphabet[bits >> (18 - 6 * index) & 63] : 0x3D)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  static func decode(_ text: String) -> [UInt8]? {
    let utf8 = Array(text.utf8)
    guard utf8.count % 4 == 0 else { return nil }
    let padding = utf8.reversed().prefix { $0 == 0x3D }.count
    guard padding <= 2 else { return nil }
    var out: [UInt8] = []
    var bits = 0
    var count = 0
    for byte in utf8.dropLast(padding) {
      guard let value = alphabet.firstIndex(of: byte) else { return nil }
      bits = (bits << 6 | value) & 0xFF_FFFF
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return out
  }
}
