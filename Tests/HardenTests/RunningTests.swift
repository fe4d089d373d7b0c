import HardenTestSupport
import Testing

@Suite struct RunningTests {
  @Test(arguments: ["INT", "TERM", "HUP"])
  func `a signal ends the step at hand and puts everything back`(signal: String) throws {
    let host = try RootedHost(playbook: RunsTests.two)
    // The first fchmod belongs to the first file.
    let result = try Program.shell(
      """
      strace -f -o /dev/null -e trace=fchmod -e inject=fchmod:signal=\(signal):when=1 \
      "$HARDEN" apply playbook.yaml --yes --root root
      """, in: host.folder.path())
    #expect(result.status == 1 && result.output.contains("interrupted"), "\(result)")
    #expect(host.text("root/etc/first") == nil && host.text("root/etc/second") == nil)
    #expect(try host.harden("status").status == 0)
  }

  @Test func `nohup is heeded`() throws {
    let host = try RootedHost(playbook: RunsTests.two)
    let result = try Program.shell(
      """
      trap '' HUP
      strace -f -o /dev/null -e trace=fchmod -e inject=fchmod:signal=HUP:when=1 \
      "$HARDEN" apply playbook.yaml --yes --root root
      """, in: host.folder.path())
    #expect(result.status == 0 && host.text("root/etc/second") == "2\n", "\(result)")
  }
}
