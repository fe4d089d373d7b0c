/// Whether a stream shows colour, and which colour means what.
///
/// Every meaning is also a word or a symbol, so nothing is lost without colour.
package enum Style: Sendable {
  /// No control sequence at all.
  case plain
  /// The eight colours that every terminal has.
  case coloured

  /// What a stretch of text means.
  package enum Meaning: String, Sendable {
    /// A heading, or a name that the eye looks for.
    case heading = "1"
    /// Something new, or success.
    case good = "32"
    /// Something that changes.
    case change = "33"
    /// Something that goes, fails or is refused.
    case alarm = "31"
    /// What is there for completeness.
    case quiet = "2"
  }

  /// `text`, which is already escaped, in the colour of `meaning`.
  package func paint(_ text: String, _ meaning: Meaning) -> String {
    switch self {
    case .plain: text
    case .coloured: text.isEmpty ? text : "\u{1b}[\(meaning.rawValue)m\(text)\u{1b}[0m"
    }
  }
}
