import HardenActuators
import HardenModel
import HardenSystem
import Testing

@Suite struct SysctlWriterTests {
  private let forward = SysctlKey(path: "net/ipv4/ip_forward")
  private let redirects = SysctlKey(path: "net/ipv4/conf/all/accept_redirects")

  /// The second of two steps: turning forwarding off before has set redirects from 0 to 1.
  private var second: Step {
    .setSysctl(SetSysctl(redirects, before: "1", after: "0"))
  }

  private func undo(_ step: Step, before: Image, current: [SysctlKey: String]) throws -> Undo {
    let laid = current.map { Step.setSysctl(SetSysctl($0.key, before: "", after: $0.value)) }
    return try Actuators.undo(
      step, before: before, after: nil, on: try Host().after(laid, contents: [:]))
  }

  @Test func `a step that was never begun leaves its value to the step before it`() throws {
    let undo = try undo(second, before: .sysctl([redirects: "0"]), current: [redirects: "1"])
    #expect(undo.steps.isEmpty && undo.conflicts.isEmpty)
  }

  @Test func `the step before it puts back what the kernel changed along`() throws {
    let first = Step.setSysctl(
      SetSysctl(
        forward, before: "1", after: "0",
        effects: [.init(redirects, before: "0", after: "1")]))
    let undo = try undo(
      first, before: .sysctl([forward: "1", redirects: "0"]),
      current: [forward: "0", redirects: "1"])
    #expect(undo.conflicts.isEmpty)
    guard case .setSysctl(let order)? = undo.steps.first else {
      Issue.record("nothing is put back")
      return
    }
    #expect(order.key == forward && order.after == "1")
    #expect(order.keeps == [.init(redirects, before: "1", after: "0")])
  }

  @Test func `a key that went with its interface has nothing left to put back`() throws {
    let key = SysctlKey(path: "net/ipv4/conf/hdn-gone/rp_filter")
    let step = Step.setSysctl(SetSysctl(key, before: "0", after: "1"))
    #expect(try undo(step, before: .sysctl([key: "0"]), current: [:]) == Undo())
  }

  @Test func `what the kernel does not take back waits for the next boot`() throws {
    let key = SysctlKey(path: "kernel/kexec_load_disabled")
    let step = Step.setSysctl(SetSysctl(key, before: "0", after: "1", oneWay: true))
    #expect(
      try undo(step, before: .sysctl([key: "0"]), current: [key: "1"]) == Undo(awaits: .reboot))
    #expect(try undo(step, before: .sysctl([key: "0"]), current: [key: "0"]) == Undo())
  }

  @Test func `what is neither before nor after is somebody else's`() throws {
    let undo = try undo(second, before: .sysctl([redirects: "0"]), current: [redirects: "2"])
    #expect(undo.steps.isEmpty && undo.conflicts.map(\.found) == ["2"])
  }

  @Test func `what somebody has set since stays while what came along goes back`() throws {
    let all = SysctlKey(path: "net/ipv4/conf/all/forwarding")
    let first = Step.setSysctl(
      SetSysctl(
        forward, before: "1", after: "0",
        effects: [.init(redirects, before: "0", after: "1"), .init(all, before: "1", after: "0")]))
    let undo = try undo(
      first, before: .sysctl([forward: "1", redirects: "0", all: "1"]),
      current: [forward: "0", redirects: "2", all: "0"])
    guard case .setSysctl(let order)? = undo.steps.first else {
      Issue.record("nothing is put back")
      return
    }
    let keeps = Dictionary(uniqueKeysWithValues: order.keeps.map { ($0.key, $0.after) })
    #expect(keeps == [redirects: "2", all: "1"])
    #expect(undo.conflicts.map(\.found) == ["2"])
  }
}
