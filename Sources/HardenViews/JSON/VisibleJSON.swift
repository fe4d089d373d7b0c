internal import FoundationEssentials

/// JSON for people and machines: indented, sorted, and nothing in it hides.
enum VisibleJSON {
  /// `value` as text, ending in a line feed.
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return visible(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
  }

  /// Outside strings JSON has only visible ASCII and white space, so what is replaced is in one.
  private static func visible(_ json: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in json.unicodeScalars {
      if scalar == "\n" || !Escaped.isHidden(scalar) {
        out.append(scalar)
        continue
      }
      for unit in UTF16.encode(scalar) ?? .init() {
        let digits = String(unit, radix: 16)
        out.append(
          contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
            .unicodeScalars)
      }
    }
    return String(out)
  }
}
