import HardenModel
import Testing

@testable import HardenYAML

@Suite struct TextCheckTests {
  private func places(_ bytes: [UInt8]) -> [String] {
    TextCheck.mistakes(in: bytes, file: "f").map {
      "\($0.code.rawValue) \($0.range?.line ?? 0):\($0.range?.column ?? 0)"
    }
  }

  @Test func `plain text passes, with tabs, CRLF and every script`() {
    #expect(places(Array("a: \tß漢\u{10348} e\u{301} 👩‍👩‍👧\r\nb\n".utf8)) == [])
  }

  @Test func `each forbidden character is named where it stands`() {
    #expect(
      places(Array("\u{FEFF}a\n漢\u{202E}b\u{0}\r\r\n\u{85}".utf8)) == [
        "H0004 1:1", "H0004 2:2", "H0004 2:4", "H0004 2:5", "H0004 3:1",
      ])
  }

  @Test func `the first byte that is not UTF-8 ends it`() {
    #expect(places([0x61, 0x0A, 0xC3, 0xA9, 0xE9, 0x0A, 0xFF]) == ["H0003 2:2"])
    #expect(places([0xED, 0xA0, 0x80]) == ["H0003 1:1"])
    #expect(places([0xC0, 0x80]) == ["H0003 1:1"])
    #expect(places([0xF4, 0x90, 0x80, 0x80]) == ["H0003 1:1"])
    #expect(places([0xE2, 0x82]) == ["H0003 1:1"])
  }

  @Test func `a binary file does not fill the screen`() {
    #expect(places([UInt8](repeating: 0, count: 10_000)).count == 20)
  }

  @Test func `size is looked at first`() {
    #expect(places([UInt8](repeating: 0, count: YAMLLimits.bytes + 1)) == ["H0002 1:1"])
  }
}
