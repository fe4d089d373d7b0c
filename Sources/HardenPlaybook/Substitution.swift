/// Text with `${name}` in it, taken apart.
struct Substitution: Hashable {
  /// A stretch of the text.
  enum Part: Hashable {
    /// Text as it stands.
    case text(String)
    /// The name between `${` and `}`.
    case name(String)
  }

  /// The stretches in order.
  let parts: [Part]

  /// Takes `text` apart; nil when a `${` is not closed.
  ///
  /// `$${` stands for the text `${`.
  init?(_ text: String) {
    var parts: [Part] = []
    var plain = ""
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      plain += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("$${") {
        plain += "${"
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${") {
        guard let close = rest.firstIndex(of: "}") else { return nil }
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = ""
        parts.append(.name(String(rest[rest.index(rest.startIndex, offsetBy: 2)..<close])))
        rest = rest[rest.index(after: close)...]
      } else {
        plain += "$"
        rest = rest.dropFirst()
      }
    }
    plain += rest
    if !plain.isEmpty || parts.isEmpty { parts.append(.text(plain)) }
    self.parts = parts
  }
}
