import Testing

@testable import HardenEngine

struct CRC32CTests {
  @Test func `the check value is that of the polynomial`() {
    #expect(CRC32C.of(Array("123456789".utf8)) == 0xE306_9283)
    #expect(CRC32C.of([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
  }
}
