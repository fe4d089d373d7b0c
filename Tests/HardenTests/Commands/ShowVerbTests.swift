import HardenTestSupport
import Testing

@Suite struct ShowVerbTests {
  @Test func `a run, the newest run, a saved plan`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    _ = try host.harden("plan", "playbook.yaml", "--out", "x.plan")
    let saved = try host.harden("show", "x.plan")
    #expect(saved.status == 0 && saved.output.contains("+ file[/etc/banner]"), "\(saved)")
    _ = try host.harden("apply", "x.plan", "--yes")
    let run = try host.harden("show", "1")
    #expect(run.status == 0 && run.output.contains("in effect"), "\(run)")
    #expect(run.output.contains("+ file[/etc/banner]"))
    #expect(try host.harden("show").output == run.output)
  }

  @Test func `a damaged plan is said to be one`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    _ = try host.harden("plan", "playbook.yaml", "--out", "x.plan")
    try host.write("x.plan", try #require(host.text("x.plan")).replacing("0644", with: "0666"))
    let result = try host.harden("show", "x.plan")
    #expect(
      result.status == 3 && result.messages.contains("changed after it was made"), "\(result)")
  }

  @Test(arguments: ["9", "nothing.plan", "playbook.yaml"])
  func `what is no run and no plan is refused`(name: String) throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    #expect([3, 64].contains(try host.harden("show", name).status))
  }
}
