import HardenModel
import Testing

@Suite struct AuditStatusTests {
  @Test func `words are those of the C structure`() {
    var status = AuditStatus([0, 1, 2, 77, 5, 8192, 3, 4])
    #expect(status[.enabled] == 1)
    #expect(status[.failure] == 2)
    #expect(status[.rateLimit] == 5)
    #expect(status[.backlogLimit] == 8192)
    #expect((status.daemon, status.lost, status.backlog) == (77, 3, 4))
    #expect(!status.isLocked)
    status[.enabled] = 2
    #expect(status.isLocked)
    #expect(status.words.count == 11)
  }

  @Test func `settings are shown as options`() {
    let values: [AuditStatus.Setting: UInt32] = [.failure: 1, .backlogLimit: 64]
    #expect(values.text == "-b 64 -f 1")
  }
}
