/// An X.509 certificate, as far as it tells when it ends.
package struct Certificate: Hashable, Sendable {
  /// The last second in which it counts, since 1970.
  package var end: Int64

  /// Why a file's certificates cannot be read.
  package struct Mistake: Error, Hashable, Sendable {
    /// One sentence without an end.
    package let message: String
  }

  /// Every certificate in `file`: PEM blocks between whatever else, or one in DER.
  package static func all(in file: [UInt8]) throws(Mistake) -> [Certificate] {
    let blocks = file.first == 0x30 ? [(file, false)] : try PEM.blocks(file)
    var found: [Certificate] = []
    for (bytes, isFollowed) in blocks {
      guard let one = Certificate(bytes[...], isFollowed: isFollowed) else {
        throw Mistake(message: "certificate \(found.count + 1) in it cannot be understood")
      }
      found.append(one)
    }
    return found
  }

  /// Reads the end out of the DER `bytes`; nil where they are no certificate, or where more follows
  /// and nothing `isFollowed`.
  init?(_ bytes: ArraySlice<UInt8>, isFollowed: Bool) {
    var file = DERReader(bytes)
    guard var outer = file.sequence(), file.isAtEnd || isFollowed, var inner = outer.sequence()
    else { return nil }
    // [0] version, absent in version 1; then serial number, algorithm, issuer, validity.
    guard var next = inner.next() else { return nil }
    if next.tag == 0xA0 {
      guard let serial = inner.next() else { return nil }
      next = serial
    }
    guard next.tag == 0x02, inner.sequence() != nil, inner.sequence() != nil,
      var validity = inner.sequence(), validity.next() != nil, let last = validity.next(),
      validity.isAtEnd, let end = Self.time(last)
    else { return nil }
    self.end = end
  }

  /// UTCTime or GeneralizedTime as RFC 5280 allows them: seconds given, in UTC, without fractions.
  private static func time(_ value: DERReader.Value) -> Int64? {
    let text = Array(value.content)
    let digits = text.dropLast().map { Int64($0) - 0x30 }
    guard text.last == 0x5A, digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
    let pairs = stride(from: 0, to: digits.count - 1, by: 2).map {
      digits[$0] * 10 + digits[$0 + 1]
    }
    var fields = pairs[...]
    let year: Int64
    switch (value.tag, digits.count) {
    case (0x17, 12): year = pairs[0] + (pairs[0] < 50 ? 2000 : 1900)
    case (0x18, 14):
      year = pairs[0] * 100 + pairs[1]
      fields = fields.dropFirst()
    default: return nil
    }
    let rest = Array(fields.dropFirst())
    let day = "\(year)-\(padded(rest[0]))-\(padded(rest[1]))"
    guard let days = CalendarDay.number(of: day), rest[2] < 24, rest[3] < 60, rest[4] < 60 else {
      return nil
    }
    return Int64(days) * 86_400 + rest[2] * 3600 + rest[3] * 60 + rest[4]
  }

  private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// Values of DER one after another, none of which reaches out of what holds it.
struct DERReader {
  struct Value {
    var tag: UInt8
    var content: ArraySlice<UInt8>
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// The next value; nil at the end, and for tags and lengths that no certificate needs.
  mutating func next() -> Value? {
    guard let tag = rest.popFirst(), tag & 0x1F != 0x1F, let first = rest.popFirst() else {
      return nil
    }
    var length = Int(first)
    if first >= 0x80 {
      let count = Int(first & 0x7F)
      guard (1...4).contains(count), rest.count >= count else { return nil }
      length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(count)
    }
    guard length <= rest.count else { return nil }
    defer { rest = rest.dropFirst(length) }
    return Value(tag: tag, content: rest.prefix(length))
  }

  /// What is in the next value, which must be a SEQUENCE.
  mutating func sequence() -> DERReader? {
    guard let value = next(), value.tag == 0x30 else { return nil }
    return DERReader(value.content)
  }
}

/// Blocks of base64 between lines of dashes.
private enum PEM {
  private static let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]

  /// The bytes of each certificate, and whether OpenSSL's trust settings may follow it.
  static func blocks(_ file: [UInt8]) throws(Certificate.Mistake) -> [([UInt8], Bool)] {
    var found: [([UInt8], Bool)] = []
    var block: (label: String, text: String)?
    for bytes in file.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let line = String(decoding: bytes, as: UTF8.self).filter { $0 != " " || block == nil }
      guard let begun = block else {
        block = labels.first { line.hasPrefix("-----BEGIN \($0)-----") }.map { ($0, "") }
        continue
      }
      guard line.hasPrefix("-----") else {
        block?.text += line
        continue
      }
      guard let bytes = Base64.decode(begun.text), !bytes.isEmpty else {
        throw Certificate.Mistake(message: "certificate \(found.count + 1) in it is no base64")
      }
      found.append((bytes, begun.label.hasPrefix("TRUSTED")))
      block = nil
    }
    guard block == nil else { throw Certificate.Mistake(message: "a certificate in it has no end") }
    return found
  }
}
