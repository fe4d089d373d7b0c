import Foundation
import HardenModel
import HardenTestSupport
import Testing

struct BytesTests {
  @Test func `text is a string, anything else base64, and both come back`() throws {
    #expect(
      try String(decoding: JSONEncoder().encode(Bytes(Array("a\u{0}é".utf8))), as: UTF8.self)
        .contains("é"))
    var random = SeededRandom(11)
    for length in 0..<300 {
      let bytes = Bytes((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
      let json = try JSONEncoder().encode(bytes)
      #expect(try JSONDecoder().decode(Bytes.self, from: json) == bytes, "length \(length)")
      guard bytes.text == nil else { continue }
      #expect(
        String(decoding: json, as: UTF8.self).replacing("\\/", with: "/").contains(
          Data(bytes.raw).base64EncodedString()))
    }
  }

  @Test(arguments: ["{\"base64\":\"x\"}", "{\"base64\":\"====\"}", "{\"base64\":\"a*==\"}", "{}"])
  func `what is no base64 is refused`(json: String) {
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(Bytes.self, from: Data(json.utf8))
    }
  }
}
