import HardenModel
import Testing

@Suite struct ConfirmTermsTests {
  private let terms = ConfirmTerms(
    boot: "a", began: 5000, now: 1_800_000_000, span: TimeSpan(seconds: 10))

  @Test(arguments: [(5000, 10), (5001, 10), (14_000, 1), (14_999, 1)])
  func `what is left is rounded up`(uptime: Int64, seconds: Int64) {
    #expect(terms.left(at: uptime, boot: "a")?.seconds == seconds)
    #expect(terms.until == 1_800_000_010)
  }

  @Test func `at the deadline and after a reboot nothing is left`() {
    #expect(terms.left(at: 15_000, boot: "a") == nil)
    #expect(terms.left(at: 5000, boot: "b") == nil)
    #expect(terms.left(at: 5000, boot: nil) == nil)
  }
}
