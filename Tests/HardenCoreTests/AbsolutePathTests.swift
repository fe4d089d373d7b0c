import HardenCore
import Testing

@Suite struct AbsolutePathTests {
  @Test(arguments: ["/", "/etc/passwd", "/a b/漢字", "/...", "/a/..b"])
  func `plain paths are accepted`(text: String) { #expect(AbsolutePath(text)?.text == text) }

  @Test(arguments: ["", "a", "//", "/a/", "/a//b", "/./a", "/a/..", "/a\u{0}b", "./a", "~/a"])
  func `all others are refused`(text: String) {
    #expect(AbsolutePath(text) == nil)
    #expect(read(plain(text), as: AbsolutePath.self).1 == [.wrongValue])
  }

  @Test func `longer than the kernel takes is refused`() {
    #expect(AbsolutePath("/" + String(repeating: "a", count: 4095)) == nil)
  }
}
