/// What usually leads to one of libyaml's messages.
enum SyntaxHelp {
  /// Advice on `problem`, nil where there is none better than the message itself.
  static func help(for problem: String) -> String? {
    switch problem {
    case let text where text.contains("cannot start any token"):
      "indent with spaces, never with tabs, and quote text that begins with @, ` or %"
    case let text where text.contains("mapping values are not allowed"):
      "quote text that contains ': ', and check the indentation"
    case let text where text.contains("expected key"), let text where text.contains("block end"):
      "check the indentation: keys of one mapping begin in one column"
    case let text where text.contains("expected ',' or"):
      "close the bracket, or quote text that contains , [ ] { }"
    case let text where text.contains("unexpected end of stream"):
      "a quote is not closed"
    default: nil
    }
  }
}
