import HardenTestSupport
import Testing

@Suite struct RunOptionsTests {
  @Test func `who, why and under which name is on record`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    _ = try host.harden(
      "apply", "playbook.yaml", "--yes", "--reason", "CHG-7\u{1b}", "--label", "r1")
    let runs = try host.harden("runs").output
    #expect(runs.contains(#"[r1]  CHG-7\x1b  by uid "#), "\(runs)")
    let record = host.text("root/var/lib/harden/runs/1/result.json")
    #expect(record?.contains("\"--yes\"") == true)
  }
}
