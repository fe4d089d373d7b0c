import Foundation
import HardenTestSupport
import Testing

@testable import HardenViews

@Suite struct MomentTests {
  @Test func `as Foundation has it, over three thousand years`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed)
    for _ in 0..<5000 {
      let seconds = Int64.random(in: -12_000_000_000...90_000_000_000, using: &random)
      let expected = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
      #expect(Moment.rfc3339(seconds) == expected, "seed \(seed)")
    }
  }

  @Test(
    arguments: [
      (0, "1970-01-01 00:00 UTC"), (951_782_400, "2000-02-29 00:00 UTC"),
      (1_795_226_399, "2026-11-21 01:59 UTC"), (-1, "1969-12-31 23:59 UTC"),
    ] as [(Int64, String)])
  func `for people`(seconds: Int64, text: String) { #expect(Moment.text(seconds) == text) }
}
