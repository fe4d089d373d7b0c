import HardenModel
import Testing

@testable import HardenEngine

@Suite struct PlanFileTests {
  private let plan: Plan = {
    var plan = Plan(
      kind: .apply, tool: "0.1.0", created: 1_795_000_000,
      host: HostIdentity(
        machine: .zero, boot: nil, name: "a \"seal\":\"\(Digest.zero)\" b", system: "debian 12",
        kernel: nil, root: "/"))
    plan.warnings = ["größer"]
    plan.id = PlanIdentity.id(of: plan)
    return plan
  }()

  @Test func `a plan comes back as it was, and knows that it was saved`() throws {
    let read = try PlanFile.decode(PlanFile.encode(plan))
    #expect(read.seal != .zero)
    var open = read
    open.seal = .zero
    #expect(open == plan)
    #expect(try PlanFile.encode(read) == PlanFile.encode(plan))
  }

  @Test func `every bit that changes is noticed`() throws {
    let bytes = try PlanFile.encode(plan)
    for index in bytes.indices.dropLast() {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << bit
        #expect(throws: Failure.self, "byte \(index), bit \(bit)") { try PlanFile.decode(damaged) }
      }
    }
  }

  @Test func `no beginning of a plan is one`() throws {
    let bytes = try PlanFile.encode(plan)
    for length in 0..<bytes.count - 1 {
      #expect(throws: Failure.self) { try PlanFile.decode(Array(bytes.prefix(length))) }
    }
  }

  @Test func `a plan is told from a playbook`() {
    #expect(
      PlanFile.looksLike(Array(" \n{\"".utf8)) && !PlanFile.looksLike(Array("harden: 1".utf8)))
  }
}
