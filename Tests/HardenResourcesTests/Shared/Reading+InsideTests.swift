import HardenCore
import HardenModel
import Testing

@testable import HardenResources

@Suite struct ReadingInsideTests {
  @Test func `keys inside a value are checked, and variables are replaced once`() throws {
    let variables = ["a": "${b}", "b": "wrong"]
    let entry = try Entry<Sysctl>(
      "{key: a.b, value: {any: [\"${a}\"], sett: 1}}", variables: variables)
    #expect(entry.messages == ["unknown key 'sett' in the value"])
    let fine = try Entry<Sysctl>("{key: a.b, value: {any: [\"${a}\"]}}", variables: variables)
    #expect(fine.resources.first?.wanted.set == "${b}")
  }
}
