import HardenModel
import Testing

@testable import HardenEngine

struct PlanFileTests {
  @Test func `a plan with any byte changed is refused`() throws {
    let engine = try Engine()
    let plan = try engine.plan([
      engine.control("f", "file", ["path": "/etc/f", "state": "present", "content": "x"])
    ])
    let bytes = try PlanFile.encode(plan)
    #expect(try PlanFile.decode(bytes).id == plan.id)
    var wrong = 0
    for offset in bytes.indices.dropLast() {
      var damaged = bytes
      damaged[offset] ^= 1 << UInt8(offset % 7)
      do throws(Failure) { _ = try PlanFile.decode(damaged); wrong += 1 } catch {}
    }
    #expect(wrong == 0, "\(wrong) of \(bytes.count)")
  }
}
