import HardenModel
import Testing

struct DigestTests {
  @Test func `sixty-four lower-case digits are a digest`() {
    let text = String(repeating: "0a9f", count: 16)
    #expect(Digest(hex: text)?.description == text)
    #expect(Digest(hex: text)?.short == "0a9f0a9f0a9f")
  }

  @Test(arguments: ["", "0A", String(repeating: "g", count: 64), String(repeating: "0", count: 63)])
  func `anything else is none`(text: String) { #expect(Digest(hex: text) == nil) }
}
