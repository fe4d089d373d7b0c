import HardenModel
import HardenTestSupport
import Testing

@testable import HardenYAML

@Suite struct YAMLDocumentTests {
  /// The codes that reading `text` reports, with their places.
  private func codes(_ text: String) -> [String] {
    YAMLDocument(Array(text.utf8), file: "f").diagnostics.map {
      "\($0.code.rawValue) \($0.range?.line ?? 0):\($0.range?.column ?? 0)"
    }
  }

  @Test func `scalars stay text and know whether they were quoted`() throws {
    let document = YAMLDocument(Array("a: 0644\nb: \"0644\"\nc: no\n".utf8), file: "f")
    let root = try #require(document.root)
    #expect(root["a"]?.content == .scalar("0644", quoted: false))
    #expect(root["b"]?.content == .scalar("0644", quoted: true))
    #expect(root["c"]?.text == "no")
  }

  @Test func `positions count scalars, not bytes`() throws {
    let document = YAMLDocument(Array("x: {漢字: \"é\", k: wert}\n".utf8), file: "f")
    let inner = try #require(document.root?["x"])
    #expect(inner["漢字"]?.range == SourceRange(file: "f", line: 1, column: 9, length: 3))
    #expect(inner["k"]?.range == SourceRange(file: "f", line: 1, column: 17, length: 4))
    #expect(inner.entries?.first?.keyRange == SourceRange(file: "f", line: 1, column: 5, length: 2))
  }

  @Test func `mistakes come all at once`() {
    #expect(
      codes("a: &x 1\nb: *x\nc: !!str 2\n<<: {d: 1}\na: 3\nd:\ne: [1, ]\n") == [
        "H0006 1:4", "H0006 2:4", "H0007 3:4", "H0008 4:1", "H0009 5:1", "H0103 6:1",
      ])
  }

  @Test func `nothing stands for no value and is an error, empty text is not`() {
    #expect(codes("a: \"\"\n") == [])
    #expect(codes("- a\n-\n") == ["H0103 2:2"])
    #expect(YAMLDocument([], file: "f").root == nil)
    #expect(codes("# only a comment\n") == [])
  }

  @Test func `a second document is refused`() {
    #expect(codes("---\na: 1\n") == [])
    #expect(codes("a: 1\n---\nb: 1\n") == ["H0010 2:1"])
    #expect(codes("a: 1\n...\n") == [])
  }

  @Test func `hostile documents end at once`() {
    let deep = String(repeating: "[", count: 100_000)
    let dashes = String(repeating: "- ", count: 100_000)
    let bomb =
      "a: &a [x, x]\n"
      + zip("abcdefgh", "bcdefghi").map { "\($1): &\($1) [*\($0), *\($0)]\n" }.joined()
    let wide = String(repeating: "- x\n", count: 30_000)
    let long = "a: \"" + String(repeating: "x", count: 900_000) + "\"\n"
    let keys = String(repeating: "? ", count: 200_000)
    let huge = String(repeating: "# comment\n", count: 150_000)
    for (name, text, code) in [
      ("deep", deep, "H0002"), ("dashes", dashes, "H0002"), ("bomb", bomb, "H0006"),
      ("wide", wide, "H0002"), ("long", long, "H0002"), ("keys", keys, "H0002"),
      ("huge", huge, "H0002"),
    ] {
      let clock = ContinuousClock()
      let bytes = Array(text.utf8)
      var document: YAMLDocument?
      let time = clock.measure { document = YAMLDocument(bytes, file: name) }
      #expect(document?.diagnostics.first?.code.rawValue == code, "\(name)")
      // A debug build on a busy machine; the limit of the program itself is 100 ms.
      #expect(time < .milliseconds(500), "\(name) took \(time)")
    }
  }

  @Test(arguments: 0..<8)
  func `random bytes never crash the reader`(round: UInt64) {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let alphabet = Array("{}[]:,-?&*!|>'\"%@`#\n\t \\abc0<~.é".utf8)
    for _ in 0..<400 {
      let isText = Bool.random(using: &random)
      let bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
        (isText ? alphabet.randomElement(using: &random) : nil)
          ?? UInt8.random(in: 0...255, using: &random)
      }
      let document = YAMLDocument(bytes, file: "f")
      let isFine = document.root != nil || !document.diagnostics.isEmpty || bytes.isBlank
      #expect(isFine, "seed \(seed): \(bytes)")
    }
  }

  @Test(arguments: 0..<4)
  func `positions of random documents come back`(round: UInt64) throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    for _ in 0..<100 {
      var writer = TreeWriter(random: random)
      let expected = writer.document()
      random = writer.random
      let document = YAMLDocument(Array(writer.text.utf8), file: "f")
      #expect(document.diagnostics == [], "seed \(seed):\n\(writer.text)")
      #expect(document.root == expected, "seed \(seed):\n\(writer.text)")
    }
  }
}

extension [UInt8] {
  /// Whether a document of these bytes is empty: white space, comments and markers only.
  fileprivate var isBlank: Bool {
    let text = String(decoding: self, as: UTF8.self)
    return text.split(separator: "\n").allSatisfy {
      let line = $0.drop { $0 == " " || $0 == "\t" }
      return line.isEmpty || line.hasPrefix("#") || line.hasPrefix("%") || line.hasPrefix("---")
        || line.hasPrefix("...")
    }
  }
}
