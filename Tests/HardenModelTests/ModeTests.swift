import HardenModel
import Testing

struct ModeTests {
  @Test(arguments: ["0644", "4755", "0000", "7777"]) func `four octal digits are a mode`(
    text: String
  ) {
    #expect(Mode(text)?.description == text)
  }

  @Test(arguments: ["644", "00644", "0888", "-644", "+644", "0x1f", ""])
  func `anything else is none`(text: String) {
    #expect(Mode(text) == nil)
  }

  @Test func `at most means no bit beyond`() {
    #expect(Mode(0o600).isAtMost(Mode(0o644)))
    #expect(!Mode(0o4600).isAtMost(Mode(0o644)))
    #expect(!Mode(0o611).isAtMost(Mode(0o644)))
  }
}
