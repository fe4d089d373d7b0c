import HardenModel
import Testing

@testable import HardenEngine

@Suite struct JSONTests {
  @Test func `keys are sorted, so that equal values are equal bytes`() throws {
    let names = (0..<40).map { "key\($0)" }
    let one = Dictionary(uniqueKeysWithValues: names.map { ($0, 1) })
    let other = Dictionary(uniqueKeysWithValues: names.reversed().map { ($0, 1) })
    #expect(try JSON.encode(one) == JSON.encode(other))
    let text = String(decoding: try JSON.encode(one), as: UTF8.self)
    #expect(text == "{" + names.sorted().map { "\"\($0)\":1" }.joined(separator: ",") + "}")
    #expect(try JSON.decode(JSON.encode(one)) as [String: Int] == one)
  }
}
