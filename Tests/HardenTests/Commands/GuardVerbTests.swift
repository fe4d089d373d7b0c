import HardenTestSupport
import Testing

@Suite struct GuardVerbTests {
  @Test func `where nothing waits, it does nothing and ends`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    _ = try host.harden("apply", "playbook.yaml", "--yes")
    for words in [["guard"], ["guard", "--watch"]] {
      let result = try Program.run(words + ["--root", host.path("root")])
      #expect(result.status == 0 && result.output.isEmpty, "\(result)")
    }
    #expect(host.text("root/etc/banner") != nil)
  }
}
