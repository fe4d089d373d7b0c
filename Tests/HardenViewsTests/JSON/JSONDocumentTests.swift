import Foundation
import HardenModel
import HardenTestSupport
import HardenViews
import Testing

@Suite struct JSONDocumentTests {
  @Test(arguments: ExitCode.allCases)
  func `code and reason come from one value`(code: ExitCode) throws {
    let text = try JSONDocument("x", ["a": 1], exit: code).text()
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["format_version"] as? Int == 1)
    let exit = try #require(object["exit"] as? [String: Any])
    #expect(exit["code"] as? Int32 == code.rawValue)
    #expect(exit["reason"] as? String == code.reason)
  }

  @Test func `what hides is escaped, and reads back as it was`() throws {
    let hostile = "\u{9b}\u{202e}\u{e0041}\u{1b}\"\\\u{2028}é"
    let text = try JSONDocument("x", [hostile], exit: .success).text()
    #expect(!text.unicodeScalars.contains { $0 != "\n" && Escaped.isHidden($0) })
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(object?["x"] as? [String] == [hostile])
  }
}
