import Foundation
import HardenTestSupport
import Testing

@Suite struct SchemaVerbTests {
  @Test func `it is a draft 7 schema that knows every kind`() throws {
    let result = try Program.run(["schema"])
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(object?["$schema"] as? String == "http://json-schema.org/draft-07/schema#")
    for kind in ["sysctl", "file", "directory"] { #expect(result.output.contains("\"\(kind)\"")) }
  }
}
