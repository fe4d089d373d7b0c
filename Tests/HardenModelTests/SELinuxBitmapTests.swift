import HardenTestSupport
import Testing

@testable import HardenModel

@Suite struct SELinuxBitmapTests {
  private let empty: [UInt8] = [64, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]

  @Test func `numbers come and go, and a block goes with its last one`() throws {
    var set = try #require(SELinuxBitmap(empty[...]))
    set.set(65, true)
    #expect(
      set.bytes == [64, 0, 0, 0, 128, 0, 0, 0, 1, 0, 0, 0, 64, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0])
    #expect(set.contains(65) && !set.contains(64) && !set.contains(1))
    #expect(SELinuxBitmap(set.bytes[...]) == set)
    set.set(65, false)
    #expect(set.bytes == empty)
  }

  @Test func `what would be written otherwise is no set`() {
    let one: [UInt8] = [64, 0, 0, 0, 64, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]
    #expect(SELinuxBitmap(one[...]) != nil)
    for (place, byte) in [(0, 32), (4, 128), (8, 2), (12, 1)] as [(Int, UInt8)] {
      var bad = one
      bad[place] = byte
      #expect(SELinuxBitmap(bad[...]) == nil, "byte \(place)")
    }
  }
}
