import HardenTestSupport
import Testing

@Suite struct StatusVerbTests {
  @Test func `an untouched host, then one with a run in effect`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let untouched = try host.harden("status")
    #expect(untouched.status == 0)
    #expect(untouched.output == "Nothing that harden did is in effect on this host.\n")
    _ = try host.harden("apply", "playbook.yaml", "--yes")
    let applied = try host.harden("status")
    #expect(applied.output.hasPrefix("run 1     in effect"), "\(applied)")
    #expect(applied.output.contains("base\n"))
    _ = try host.harden("rollback", "--yes")
    #expect(try host.harden("status").output == untouched.output)
  }
}
