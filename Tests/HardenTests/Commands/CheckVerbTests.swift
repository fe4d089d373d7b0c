import Foundation
import HardenTestSupport
import Testing

@Suite struct CheckVerbTests {
  @Test func `a good playbook is counted`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try Program.run(["check", "playbook.yaml"], in: host.folder.path())
    #expect(result.status == 0 && result.output == "base: 1 controls, 1 resources, no mistakes\n")
  }

  @Test func `mistakes are data for machines`() throws {
    let host = try RootedHost(playbook: RootedHost.banner().replacing("title:", with: "titel:"))
    let result = try Program.run(
      ["check", "playbook.yaml", "--format", "json"], in: host.folder.path())
    #expect(result.status == 65 && result.messages.contains("did you mean 'title'?"), "\(result)")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let found = try #require(object?["diagnostics"] as? [[String: Any]])
    #expect(found[0]["code"] as? String == "H0101")
    #expect((object?["exit"] as? [String: Any])?["code"] as? Int == 65)
  }
}
