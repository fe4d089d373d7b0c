import HardenModel
import HardenTestSupport
import Testing

@testable import HardenYAML

@Suite struct YAMLTextTests {
  /// Pieces that mean something to a parser, or hide.
  static let pieces = [
    "a", "Z", "0", "7", " ", "  ", "\t", "\n", "\n\n", ":", ": ", " #", "#", "-", "- ", "?", "? ",
    "'", "\"", "\\", "{", "}", "[", "]", ",", "&x", "*", "!", "!!int", "|", ">", "%", "@", "`",
    "~", "null", "true", "no", "0644", "1e3", ".5", "0x1F", "<<", "=", "...", "---", "$", "${x}",
    "é", "漢", "\u{A0}", "\u{E000}", "\u{FFFE}", "😀", "\r", "\u{1B}", "\u{0}", "\u{7F}", "\u{85}",
    "\u{202E}", "\u{FEFF}", "\u{2028}", "\u{FFFD}", "\u{200B}", "\u{E0041}",
  ]

  static func text(_ random: inout SeededRandom) -> String {
    (0..<Int.random(in: 0...8, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
  }

  private func read(_ text: String) -> (root: Node?, isFine: Bool) {
    let document = YAMLDocument(Array(text.utf8), file: "f")
    return (document.root, document.diagnostics.isEmpty)
  }

  @Test func `any text comes back as it was, or is refused`() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    var (written, refused) = (0, 0)
    for _ in 0..<4000 {
      let text = Self.text(&random)
      guard let scalar = YAMLText.scalar(text) else {
        refused += 1
        let isHostile = text.unicodeScalars.contains {
          ForbiddenCharacter.name($0) != nil || $0 == "\u{FFFD}"
        }
        #expect(isHostile, "seed \(seed): \(text.debugDescription) is refused")
        continue
      }
      written += 1
      for page in [
        "k: \(scalar)\n", "k: {a: \(scalar), b: 1}\n", "k: [\(scalar), x]\n", "{\(scalar): k}\n",
      ] {
        let (root, isFine) = read(page)
        let value = root?["k"]
        let back = value?.text ?? value?["a"]?.text ?? value?.items?.first?.text
        #expect(isFine && (back ?? root?.entries?.first?.key) == text, "seed \(seed):\n\(page)")
      }
    }
    #expect(written > 1000 && refused > 100)
  }

  @Test func `a block comes back as it was`() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    var written = 0
    for _ in 0..<4000 {
      let text = Self.text(&random)
      guard let block = YAMLText.block(text, indent: "    ") else { continue }
      written += 1
      let page = "k:\n  a: \(block.head)\n\(block.lines.joined(separator: "\n"))\n  b: 1\n"
      let (root, isFine) = read(page)
      #expect(isFine && root?["k"]?["a"]?.text == text, "seed \(seed):\n\(page)")
      #expect(root?["k"]?["b"]?.text == "1", "seed \(seed):\n\(page)")
    }
    #expect(written > 30)
  }

  @Test func `a comment says nothing but itself`() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    for _ in 0..<2000 {
      let page = "a: 1\n# \(YAMLText.comment(Self.text(&random)))\nb: 2\n"
      let (root, isFine) = read(page)
      #expect(isFine && root?.entries?.map(\.key) == ["a", "b"], "seed \(seed):\n\(page)")
      #expect(page.split(separator: "\n").count == 3, "seed \(seed):\n\(page)")
    }
  }

  @Test(arguments: [
    ("2", "\"2\""), ("0644", "\"0644\""), ("no", "\"no\""), ("Null", "\"Null\""), ("", "\"\""),
    ("1.5", "\"1.5\""), (".inf", "\".inf\""), ("/etc/passwd", "/etc/passwd"), ("a b", "a b"),
    ("4 4 1 7", "4 4 1 7"), ("a: b", "\"a: b\""), (" a", "\" a\""), ("a ", "\"a \""),
    ("-1", "\"-1\""), ("4\t4", "\"4\\t4\""), ("\u{A0}", "\"\\u00a0\""),
    ("x_y-z.conf", "x_y-z.conf"),
  ])
  func `text has quotes where a reader could take it for something else`(
    text: String, scalar: String
  ) {
    #expect(YAMLText.scalar(text) == scalar)
  }

  @Test func `numbers have none`() {
    #expect(
      ["2", "-1", "4 2 30", "0x1F", "1-3,5"].map(YAMLText.number)
        == ["2", "-1", "4 2 30", "0x1F", "\"1-3,5\""])
  }
}
