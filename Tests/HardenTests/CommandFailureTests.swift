import HardenTestSupport
import Testing

@Suite struct CommandFailureTests {
  @Test func `mistakes in a playbook are 65, all at once, with their places`() throws {
    let host = try RootedHost(
      playbook: RootedHost.banner().replacing("mode: \"0644\"", with: "mode: 644, onwer: root"))
    let result = try host.harden("plan", "playbook.yaml")
    #expect(result.status == 65 && result.output.isEmpty, "\(result)")
    #expect(result.messages.contains("error[H0105]: ambiguous file mode '644'"))
    #expect(result.messages.contains("did you mean 'owner'?"))
    #expect(result.messages.contains("--> playbook.yaml:7:"))
  }

  @Test func `a state directory of somebody else is refused`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    try host.write("state/other", "not ours")
    let result = try host.harden("apply", "playbook.yaml", "--yes", "--state", host.path("state"))
    #expect(result.status != 0 && host.text("root/etc/banner") == nil, "\(result)")
    #expect(result.messages.contains(host.path("state")))
  }

  @Test func `what an ordinary user may not do is 77`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try Program.shell(
      """
      chmod 755 . root root/etc; chmod 644 playbook.yaml root/etc/*
      cp "$HARDEN" ./harden; setpriv --reuid 65534 --regid 65534 --clear-groups \
      ./harden apply playbook.yaml --yes --root root
      """, in: host.folder.path())
    #expect(result.status == 77 && result.messages.contains("help: run it as root"), "\(result)")
  }

  @Test func `the root must exist`() throws {
    let result = try Program.run(["plan", "x.yaml", "--root", "/nonexistent/root"])
    #expect(result.status == 1 && result.messages.contains("/nonexistent/root"), "\(result)")
  }
}
