import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct AuditRisksTests {
  /// `enabled`, `failure`, `pid`, `rate_limit`, `backlog_limit`, `lost`, `backlog` behind the mask.
  private func risks(
    limit: UInt32 = 8192, lost: UInt32 = 0, waiting: UInt32 = 0, daemon: UInt32 = 7,
    raised: UInt32? = nil
  ) throws -> [String] {
    let root = try TemporaryRoot()
    let status = AuditStatus([0, 1, 1, daemon, 0, limit, lost, waiting])
    return try AuditRisks(status, backlogLimit: raised).panic(HardenSystem.Host(root: root.path))
  }

  @Test func `a kernel that keeps up has nothing against it`() throws {
    #expect(try risks() == [])
    #expect(try risks(limit: 64, raised: 8192) == [])
    #expect(try risks(waiting: 1638) == [])
    // No limit is none to run into.
    #expect(try risks(limit: 0, waiting: 5000) == [])
  }

  @Test func `what would have been a panic is told with its numbers`() throws {
    #expect(
      try risks(limit: 64, lost: 3, waiting: 13, daemon: 0) == [
        "the kernel has lost 3 events since boot; with failure 2 the first of them would have been a panic",
        "only 64 events may wait (backlog_limit), so a burst of them is a panic with failure 2; let it be 8192 or more",
        "13 events wait at this moment, more than a fifth of the 64 that may (backlog_limit)",
        "no daemon takes events at the moment, so with failure 2 a full backlog is a panic",
      ])
    #expect(try risks(waiting: 1639).count == 1)
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `a log that fills its file system is told, too`() throws {
    let status = AuditStatus([0, 1, 1, 7, 0, 8192, 0, 0])
    let said = { (size: Int) in
      try AuditLogTests.on(
        AuditLogTests.usual, size: size, files: [(size: 4, age: 1), (size: 4, age: 3)]
      ) { _, host in try AuditRisks(status).panic(host) }
    }
    let few = try said(36)
    try #require(few.count == 2)
    #expect(
      few[0].hasSuffix(
        "that is where auditd may stop taking events, which is a panic with failure 2"))
    #expect(few[1].hasPrefix("records have come at about 273 a second"))
    #expect(try said(64).count == 1)
  }
}
