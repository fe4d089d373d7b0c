import HardenModel
import Testing

@testable import HardenPlaybook

@Suite struct ControlChecksTests {
  private func load(_ controls: [(String, [String])], _ more: String = "") throws -> LoadedPlaybooks
  {
    let text = controls.map { id, after in
      Loading.control(id, ", after: [\(after.joined(separator: ", "))]")
    }
    return try Loading().load(Loading.playbook("controls:\n" + text.joined() + more))
  }

  @Test func `a cycle is shown as a circle, without what only leads to it`() throws {
    let loaded = try load([("a", ["b"]), ("b", ["c"]), ("c", ["b"]), ("d", [])])
    #expect(loaded.diagnostics.map(\.code) == [.cycle])
    #expect(loaded.diagnostics.first?.message.hasSuffix("b → c → b") == true)
    #expect(try load([("a", ["a"])]).diagnostics.map(\.code) == [.cycle])
  }

  @Test func `any order without a cycle is fine`() throws {
    let loaded = try load([("a", ["b", "c"]), ("b", ["c"]), ("c", [])])
    #expect(loaded.baseline?.controls.map(\.after) == [["b", "c"], ["c"], []])
  }

  @Test func `a long chain is no cycle and no trap`() throws {
    let chain = (0..<800).map { ("c\($0)", $0 < 799 ? ["c\($0 + 1)"] : []) }
    #expect(try load(chain).diagnostics == [])
  }

  @Test func `waivers count to the end of their last day`() throws {
    let waiver = { (day: String) in
      "waivers:\n  - {control: a, until: \(day), owner: me, reason: r}\n"
    }
    #expect(try load([("a", [])], waiver(Loading.today)).diagnostics == [])
    let expired = try load([("a", [])], waiver("2026-11-20"))
    #expect(expired.diagnostics.map(\.code) == [.waiverExpired])
    #expect(expired.baseline?.waivers.count == 1)
  }
}
