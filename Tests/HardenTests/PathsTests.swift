import HardenTestSupport
import Testing

@Suite struct PathsTests {
  @Test(arguments: ["root", "./root", "root/", "root/../root", "root//", "./root/."])
  func `a root may be named in any way`(name: String) throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try Program.run(
      ["plan", "playbook.yaml", "--root", name, "--format", "json"], in: host.folder.path())
    #expect(
      result.status == 0 && result.output.contains("\"root\" : \"\(host.path("root"))\""),
      "\(result)")
  }

  @Test(arguments: ["//", "/.", "/tmp/..", "/"])
  func `every name of the root directory is the live host`(name: String) throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try Program.run(
      ["plan", "playbook.yaml", "--root", name], in: host.folder.path())
    #expect(result.output.contains("with this host"), "\(result)")
  }

  @Test func `a relative root needs a working directory`() throws {
    let result = try Program.shell(
      "d=$(mktemp -d); cd $d; rmdir $d; \"$HARDEN\" plan x.yaml --root root")
    #expect(result.status == 64 && result.messages.contains("is gone"), "\(result)")
  }

  @Test func `the next command is quoted for a shell`() throws {
    let host = try RootedHost()
    try host.write("it's $HOME/play book.yaml", RootedHost.banner())
    let result = try host.harden("plan", "it's $HOME/play book.yaml")
    #expect(
      result.output.contains("harden apply 'it'\\''s $HOME/play book.yaml' --root "), "\(result)")
  }
}
