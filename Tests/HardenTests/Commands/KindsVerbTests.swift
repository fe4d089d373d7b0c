import Foundation
import HardenTestSupport
import Testing

@Suite struct KindsVerbTests {
  @Test func `each kind on a line, and the same for machines`() throws {
    let text = try Program.run(["kinds"])
    let names = text.output.split(separator: "\n").map { $0.prefix { $0 != " " } }
    #expect(text.status == 0 && names.contains("sysctl") && names.contains("directory"))
    let json = try Program.run(["kinds", "--format", "json"])
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect((object?["kinds"] as? [[String: Any]])?.count == names.count)
  }
}
