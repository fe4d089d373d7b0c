import Testing

@testable import HardenModel

@Suite struct GlobTests {
  @Test(arguments: [
    ("lo", "*"), ("lo", "l*"), ("lo", "?o"), ("lo", "[a-l]o"), ("lo", "[!a-k]?"), ("lo", "lo*"),
    ("all", "*l"),
    ("abcbc", "a*bc"), ("", "*"), ("a-b", "a[-x]b"), ("]", "[]]"), ("a*", "a\\*"), ("[", "["),
    (".x", ".*"),
  ])
  func `matches`(text: String, pattern: String) {
    #expect(Glob.matches(text[...], pattern[...]))
  }

  @Test(arguments: [
    ("lo", "l"), ("lo", "?"), ("lo", "[!l]o"), ("all", "*o"), ("", "?"), (".x", "*"), (".x", "?x"),
    ("ab", "a\\*"),
  ])
  func `does not match`(text: String, pattern: String) {
    #expect(!Glob.matches(text[...], pattern[...]))
  }

  @Test func `braces stand for each of their parts`() {
    #expect(Glob.alternatives("a") == ["a"])
    #expect(
      Glob.alternatives("n/{all,lo}/x{1,2}") == ["n/all/x1", "n/all/x2", "n/lo/x1", "n/lo/x2"])
    #expect(Glob.alternatives("{a,b{c,d}}") == ["a", "bc", "bd"])
    #expect(Glob.alternatives("{a") == ["{a"])
  }
}
