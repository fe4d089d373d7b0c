import Testing

@testable import HardenResources

@Suite struct SettingWantedTests {
  private func wanted(_ value: String) throws -> SettingWanted {
    let entry = try Entry<Setting>("{file: /x, format: keyvalue, key: a, value: \(value)}")
    #expect(entry.messages == [])
    return try #require(entry.resources.first?.wanted)
  }

  @Test(arguments: [
    ("{at_most: 365}", "365", ["1", "365", "\"90\""], ["366", "never", ""]),
    ("{at_least: 1, at_most: 365}", "1", ["1", "365"], ["-1", "0"]),
    ("{any: [a, b], set: b}", "b", ["a", "\"b\""], ["c"]),
    ("{not: yes, set: no}", "no", ["no", "maybe"], ["yes"]),
    ("{not: [x, y], at_least: 3}", "3", ["4"], ["x", "2"]),
    ("''", "", [""], ["x"]),
  ])
  func `what is accepted and what is written`(
    value: String, set: String, good: [String], bad: [String]
  ) throws {
    let wanted = try wanted(value)
    #expect(wanted.set == set)
    #expect(good.allSatisfy { wanted.accepts($0, in: .keyvalue) })
    #expect(!bad.contains { wanted.accepts($0, in: .keyvalue) })
  }
}
