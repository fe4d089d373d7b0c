import HardenTestSupport
import HardenViews
import Testing

@Suite struct EscapingTests {
  @Test func `no scalar comes out hidden`() {
    let failing = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init).filter { scalar in
      let shown = Escaped.text("a\(scalar)b").unicodeScalars
      return shown.contains(where: Escaped.isHidden) || shown.first != "a" || shown.last != "b"
    }
    #expect(failing.isEmpty, "\(failing.prefix(9).map { String($0.value, radix: 16) })")
  }

  @Test(arguments: [
    ("\u{1b}[31m", #"\x1b[31m"#), ("\u{7f}", #"\x7f"#), ("\u{9b}2J", #"\u{9b}2J"#),
    ("x\u{202e}y", #"x\u{202e}y"#), ("\u{200b}", #"\u{200b}"#), ("\u{2028}", #"\u{2028}"#),
    ("\u{feff}", #"\u{feff}"#), ("\u{3164}", #"\u{3164}"#), ("\u{a0}", #"\u{a0}"#),
    ("\u{e0041}", #"\u{e0041}"#), ("a\r\nb\tc", #"a\r\nb\tc"#), ("\0", #"\x00"#),
  ])
  func `what steers or hides is spelled out`(hostile: String, shown: String) {
    #expect(Escaped.text(hostile) == shown)
    #expect(Escaped.bytes(Array(hostile.utf8)) == shown)
  }

  @Test(arguments: [
    "plain text", "größer", "内核指针", "表\u{3000}题", "€ – “x”", "e\u{301}", #"\040"#, "🔒",
  ])
  func `what people read stays`(text: String) {
    #expect(Escaped.text(text) == text)
    #expect(Escaped.bytes(Array(text.utf8)) == text)
  }

  @Test func `a block keeps its lines and nothing else`() {
    #expect(Escaped.block("a\n\tb\u{1b}\r\n") == "a\n\tb\\x1b\\r\n")
  }

  @Test(
    arguments: [
      ([0x61, 0x9B, 0x62], #"a\x9bb"#), ([0xC3], #"\xc3"#), ([0xC0, 0xAF], #"\xc0\xaf"#),
      ([0xED, 0xA0, 0x80, 0x61], #"\xed\xa0\x80a"#), ([0xF0, 0x9F, 0x61], #"\xf0\x9fa"#), ([], ""),
      ([0xC3, 0xA4, 0xFF], #"ä\xff"#),
    ] as [([UInt8], String)])
  func `bytes that are not UTF-8 are shown as bytes`(bytes: [UInt8], shown: String) {
    #expect(Escaped.bytes(bytes) == shown)
  }

  @Test func `any bytes come out plain, and as many as went in`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      let shown = Escaped.bytes(bytes)
      #expect(!shown.unicodeScalars.contains(where: Escaped.isHidden), "seed \(seed): \(bytes)")
      if String(validating: bytes, as: UTF8.self) != nil {
        #expect(shown == Escaped.text(String(decoding: bytes, as: UTF8.self)), "seed \(seed)")
      }
    }
  }
}
