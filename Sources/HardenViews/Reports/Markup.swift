/// Text inside XML and HTML: what others wrote can be neither markup nor anything that hides.
enum Markup {
  /// `text` with everything that means something to a parser written out.
  static func text(_ text: String) -> String {
    var out = ""
    for character in Escaped.text(text).unicodeScalars {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(character)
      }
    }
    return out
  }

  /// A start tag with `attributes`, each with its value written out.
  static func tag(_ name: String, _ attributes: KeyValuePairs<String, String>) -> String {
    "<\(name)" + attributes.map { " \($0.key)=\"\(text($0.value))\"" }.joined() + ">"
  }
}
