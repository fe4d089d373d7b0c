import Foundation
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

  @Test func `the same time begins anew with a boot`() {
    let first = ConfirmTerms(
      boot: "a", began: 5000, now: 1_800_000_000, span: TimeSpan(seconds: 10), onReboot: .probe)
    let anew = first.anew(in: "b", at: 4000, now: 1_800_000_100)
    #expect(anew.left(at: 4000, boot: "b")?.seconds == 6 && anew.left(at: 4000, boot: "a") == nil)
    #expect(anew.until == 1_800_000_106 && anew.onReboot == .probe && anew.span == first.span)
  }

  @Test func `terms of old are read, and those that mean the same are written as of old`() throws {
    let old = #"{"began":5000,"boot":"a","deadline":15000,"until":1800000010}"#
    #expect(try JSONDecoder().decode(ConfirmTerms.self, from: Data(old.utf8)) == terms)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(terms), as: UTF8.self) == old)
  }
}
