import HardenTestSupport
import Testing

@Suite struct ExplainVerbTests {
  @Test(arguments: [("sysctl", "# sysctl"), ("H0105", "octal"), ("h0105", "octal")])
  func `a kind or a code needs no playbook`(name: String, part: String) throws {
    let result = try Program.run(["explain", name])
    #expect(result.status == 0 && result.output.contains(part), "\(result)")
  }

  @Test func `a control is shown as it stands here`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try host.harden("explain", "banner", "playbook.yaml")
    #expect(result.status == 0, "\(result)")
    for part in ["The banner says who may enter", "here      differs", "+ file[/etc/banner]"] {
      #expect(result.output.contains(part), "\(result)")
    }
  }

  @Test func `a wrong name suggests the right one`() throws {
    #expect(try Program.run(["explain", "sysctrl"]).messages.contains("did you mean 'sysctl'?"))
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try host.harden("explain", "baner", "playbook.yaml")
    #expect(result.status == 64 && result.messages.contains("did you mean 'banner'?"), "\(result)")
  }
}
