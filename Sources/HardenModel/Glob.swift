/// Patterns for one path component, as glob(7) reads them: `*`, `?` and `[...]`.
package enum Glob {
  /// Whether `pattern` holds anything that stands for more than itself.
  package static func isPattern(_ pattern: some StringProtocol) -> Bool {
    pattern.utf8.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }
  }

  /// Whether `text` matches `pattern`; a leading dot is only matched by a dot.
  package static func matches(_ text: Substring, _ pattern: Substring) -> Bool {
    if text.utf8.first == 0x2E, pattern.utf8.first != 0x2E { return false }
    typealias Rest = Substring.UnicodeScalarView
    var rest = (text: text.unicodeScalars, pattern: pattern.unicodeScalars)
    var retry: (text: Rest, pattern: Rest)?
    while let character = rest.text.first {
      if rest.pattern.first == "*" {
        rest.pattern = rest.pattern.dropFirst()
        retry = (rest.text, rest.pattern)
      } else if let after = one(character, of: rest.pattern) {
        rest = (rest.text.dropFirst(), after)
      } else if let again = retry {
        rest = (again.text.dropFirst(), again.pattern)
        retry = rest
      } else {
        return false
      }
    }
    return rest.pattern.allSatisfy { $0 == "*" }
  }

  /// The rest of `pattern` behind the part that stands for `character`; nil when it does not.
  private static func one(_ character: Unicode.Scalar, of pattern: Substring.UnicodeScalarView)
    -> Substring.UnicodeScalarView?
  {
    switch pattern.first {
    case "?": return pattern.dropFirst()
    case "[":
      return bracket(character, pattern.dropFirst())
        ?? (character == "[" ? pattern.dropFirst() : nil)
    case "\\": return pattern.dropFirst().first == character ? pattern.dropFirst(2) : nil
    case character: return pattern.dropFirst()
    default: return nil
    }
  }

  /// The rest behind a bracket expression that accepts `character`; nil when it does not, or when
  /// no bracket closes it.
  private static func bracket(
    _ character: Unicode.Scalar, _ pattern: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView? {
    var rest = pattern
    let isNegated = rest.first == "!" || rest.first == "^"
    if isNegated { rest = rest.dropFirst() }
    var isIn = false
    var isFirst = true
    while let low = rest.first, isFirst || low != "]" {
      isFirst = false
      rest = rest.dropFirst()
      if rest.first == "-", let high = rest.dropFirst().first, high != "]" {
        rest = rest.dropFirst(2)
        isIn = isIn || (low <= character && character <= high)
      } else {
        isIn = isIn || low == character
      }
    }
    guard rest.first == "]", isIn != isNegated else { return nil }
    return rest.dropFirst()
  }

  /// The patterns that `{a,b}` in `pattern` stands for, in order; `pattern` itself without braces.
  package static func alternatives(_ pattern: String) -> [String] {
    guard let open = pattern.firstIndex(of: "{") else { return [pattern] }
    var depth = 0
    var parts: [Substring] = []
    var start = pattern.index(after: open)
    for index in pattern[open...].indices {
      switch pattern[index] {
      case "{": depth += 1
      case "}": depth -= 1
      case "," where depth == 1: break
      default: continue
      }
      guard depth == 0 || (depth == 1 && pattern[index] == ",") else { continue }
      parts.append(pattern[start..<index])
      start = pattern.index(after: index)
      guard depth == 0 else { continue }
      return parts.flatMap { alternatives(String(pattern[..<open] + $0 + pattern[start...])) }
    }
    return [pattern]
  }
}
