import HardenActuators
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

/// On the machine's own audit system, laid over in thought: it is not changed.
@Suite(.enabled(if: KernelAudit.isAvailable)) struct AuditStatusSetterTests {
  private func undo(_ order: SetAuditStatus, was: [AuditStatus.Setting: UInt32]) throws -> Undo {
    let planned = try Host().after([.setAuditStatus(order)], contents: [:])
    return try Actuators.undo(
      .setAuditStatus(order), before: .auditStatus(was), after: nil, on: planned)
  }

  @Test func `each setting goes back to what it was`() throws {
    let was = try Host().auditState().status[.backlogLimit]
    let order = SetAuditStatus(
      before: [.backlogLimit: was], after: [.backlogLimit: was + 1])
    let inverse = SetAuditStatus(before: [.backlogLimit: was + 1], after: [.backlogLimit: was])
    #expect(
      try undo(order, was: [.backlogLimit: was]) == Undo([.setAuditStatus(inverse)]))
    #expect(try undo(order, was: [.backlogLimit: was + 1]) == Undo())
  }

  @Test func `a lock ends with the next boot`() throws {
    let was = try Host().auditState().status[.enabled]
    let order = SetAuditStatus(before: [.enabled: was], after: [.enabled: 2])
    #expect(try undo(order, was: [.enabled: was]) == Undo(awaits: .reboot))
  }
}
