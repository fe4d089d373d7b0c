import HardenModel
import HardenTestSupport

/// Writes random documents and knows where each of their nodes stands.
struct TreeWriter {
  var random: SeededRandom
  private(set) var text = ""
  private var line = 1
  private var column = 1

  init(random: SeededRandom) { self.random = random }

  /// A document whose topmost node is a block mapping.
  mutating func document() -> Node { block(indent: 0, depth: 0) }

  private mutating func put(_ piece: String) {
    for scalar in piece.unicodeScalars {
      text.unicodeScalars.append(scalar)
      column += 1
      if scalar == "\n" {
        line += 1
        column = 1
      }
    }
  }

  private mutating func one(of words: [String]) -> String {
    words.randomElement(using: &random) ?? ""
  }

  private func here(_ length: Int = 0) -> SourceRange {
    SourceRange(file: "f", line: line, column: column, length: length)
  }

  private mutating func block(indent: Int, depth: Int) -> Node {
    var entries: [Node.Entry] = []
    var start: SourceRange?
    for number in 0..<Int.random(in: 1...4, using: &random) {
      put(String(repeating: " ", count: indent))
      start = start ?? here()
      let key = "k\(number)" + one(of: ["", "é", "漢", "-x"])
      let keyRange = here(key.unicodeScalars.count)
      put(key + ":")
      if depth < 3, Int.random(in: 0..<3, using: &random) == 0 {
        put("\n")
        let value = block(indent: indent + 2, depth: depth + 1)
        entries.append(Node.Entry(key: key, keyRange: keyRange, value: value))
      } else {
        put(" ")
        let value = flow(depth: depth)
        entries.append(Node.Entry(key: key, keyRange: keyRange, value: value))
        put("\n")
      }
    }
    return Node(.mapping(entries), at: start ?? here())
  }

  private mutating func flow(depth: Int) -> Node {
    let start = here()
    switch Int.random(in: 0..<(depth < 3 ? 4 : 2), using: &random) {
    case 0:
      let word = one(of: ["2", "no", "0644", "ü b", "x-y", "/etc/漢字"])
      let range = here(word.unicodeScalars.count)
      put(word)
      return Node(.scalar(word, quoted: false), at: range)
    case 1:
      let word = one(of: ["", "a: b", "# no", "[x]", "漢 字", "$x"])
      let range = here(word.unicodeScalars.count + 2)
      put("\"\(word)\"")
      return Node(.scalar(word, quoted: true), at: range)
    case 2:
      var items: [Node] = []
      put("[")
      for number in 0..<Int.random(in: 0...3, using: &random) {
        if number > 0 { put(", ") }
        items.append(flow(depth: depth + 1))
      }
      put("]")
      return Node(.sequence(items), at: start)
    default:
      var entries: [Node.Entry] = []
      put("{")
      for number in 0..<Int.random(in: 0...3, using: &random) {
        if number > 0 { put(", ") }
        let keyRange = here(2)
        put("f\(number): ")
        entries.append(
          Node.Entry(key: "f\(number)", keyRange: keyRange, value: flow(depth: depth + 1)))
      }
      put("}")
      return Node(.mapping(entries), at: start)
    }
  }
}
