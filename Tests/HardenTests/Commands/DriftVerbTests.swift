import HardenTestSupport
import Testing

@Suite struct DriftVerbTests {
  @Test func `what was set is compared without a playbook, and nothing is changed`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    #expect(try host.harden("drift", "--detailed-exitcode").status == 0)
    _ = try host.harden("apply", "playbook.yaml", "--yes")
    try host.write("playbook.yaml", "gone")
    let clean = try host.harden("drift", "--detailed-exitcode")
    #expect(clean.status == 0 && clean.output.contains("all as they left it"), "\(clean)")
    try host.write("root/etc/banner", "Welcome\n")
    let drifted = try host.harden("drift", "--detailed-exitcode")
    #expect(drifted.status == 5 && drifted.output.contains("file[/etc/banner]"), "\(drifted)")
    #expect(drifted.output.contains("since run 1 had set it"))
    #expect(host.text("root/etc/banner") == "Welcome\n")
    #expect(try host.harden("drift").status == 0)
  }
}
