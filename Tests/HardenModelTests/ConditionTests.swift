import Foundation
import HardenModel
import Testing

@Suite struct ConditionTests {
  @Test func `a condition survives being written into a plan`() throws {
    let condition = Condition.all([
      .test(.exists, values: ["/a"]), .not(.test(.fact("hostname"), values: ["b"])),
      .any([.test(.variable(name: "v", value: "x"), values: ["x", "y"])]),
    ])
    let data = try JSONEncoder().encode(condition)
    #expect(try JSONDecoder().decode(Condition.self, from: data) == condition)
  }
}
