import HardenModel
import Testing

/// Text is split and replaced by bytes, as the programs read it whose files it comes from.
struct SplittingTests {
  @Test("A separator counts whatever stands behind it")
  func hidden() {
    #expect("a\r\nb\n".split(at: "\n") == ["a\r", "b"])
    #expect("key=\u{301}x".split(at: "=") == ["key", "\u{301}x"])
    #expect("/a/\u{308}b".split(at: "/") == ["a", "\u{308}b"])
  }

  @Test("Empty parts and the number of splits are as in the standard library")
  func standard() {
    for text in ["", ":", "::", "a", "a:", ":a", "a:b", "a::b:c", ":é:ü:"] {
      for most in [0, 1, 2, Int.max] {
        for omits in [true, false] {
          #expect(
            text.split(at: ":", maxSplits: most, omittingEmptySubsequences: omits)
              == text.split(separator: ":", maxSplits: most, omittingEmptySubsequences: omits))
        }
      }
      #expect(text.dropFirst().split(at: ":") == text.dropFirst().split(separator: ":"))
    }
  }

  @Test("Words stand between the blanks of C, and no-break spaces are none")
  func words() {
    #expect(" a\tb\r\n\u{B}c\u{C}\u{A0}d ".words() == ["a", "b", "c", "\u{A0}d"])
    #expect("a b  c d".words(maxSplits: 2) == ["a", "b", " c d"])
    #expect("".words().isEmpty)
  }

  @Test("Every part is replaced, from the left")
  func replaced() {
    #expect("a\\\nb\\\n".replacing("\\\n", by: " ") == "a b ")
    #expect("a\\\r\n".replacing("\\\n", by: " ") == "a\\\r\n")
    #expect("aaa".replacing("aa", by: "b") == "ba")
    #expect("=\u{301}".replacing("=", by: " = ") == " = \u{301}")
    #expect("x".replacing("long", by: "") == "x")
    #expect("x".replacing("", by: "y") == "x")
    #expect("é%%ü".dropFirst().replacing("%%", by: "") == "ü")
  }
}
