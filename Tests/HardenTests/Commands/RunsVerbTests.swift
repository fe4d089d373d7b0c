import Foundation
import HardenTestSupport
import Testing

@Suite struct RunsVerbTests {
  @Test func `every run with who, why and what became of it`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    _ = try host.harden("apply", "playbook.yaml", "--yes", "--label", "r7", "--reason", "CHG-1")
    _ = try host.harden("apply", "playbook.yaml", "--yes")
    _ = try host.harden("rollback", "--yes")
    let result = try host.harden("runs", "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let runs = try #require(object?["runs"] as? [[String: Any]])
    #expect(runs.map { $0["state"] as? String } == ["undone", "empty", "done"], "\(result)")
    #expect(runs[0]["label"] as? String == "r7" && runs[0]["reason"] as? String == "CHG-1")
    #expect(runs[2]["undoes"] as? [Int] == [1])
    let text = try host.harden("runs").output
    #expect(text.hasPrefix("RUN  WHAT") && text.contains("[r7]  CHG-1"))
  }
}
