import Foundation
import Testing

@testable import HardenPlaybook

@Suite struct JSONTextTests {
  @Test func `keys keep their order and text is escaped`() throws {
    let value: JSONText = .object([
      "b": .list([.integer(1), .boolean(true), .list([])]),
      "a": .text("q\"\\\n\u{1}漢"), "c": .object([:]),
    ])
    let expected = """
      {
        "b": [
          1,
          true,
          []
        ],
        "a": "q\\"\\\\\\n\\u0001漢",
        "c": {}
      }
      """
    #expect(value.text() == expected)
    let parsed = try JSONSerialization.jsonObject(with: Data(value.text().utf8)) as? [String: Any]
    #expect(parsed?["a"] as? String == "q\"\\\n\u{1}漢")
  }
}
