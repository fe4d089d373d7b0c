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

  /// A check of another file than the one that is read would believe what others have written.
  @Test func `what is judged is what is read, links and all`() throws {
    let host = try RootedHost(playbook: RootedHost.banner("good"))
    try host.write("far/deep/x", "")
    try host.write("far/playbook.yaml", RootedHost.banner("evil"))
    try Shell.run(
      "cd \(host.path("")) && ln -s far/deep link && chmod 755 far far/deep && chmod 666 far/playbook.yaml"
    )
    let path = "link/../playbook.yaml"
    let refused = try host.harden("apply", path, "--yes")
    #expect(refused.status == 3 && host.text("root/etc/banner") == nil, "\(refused)")
    #expect(
      refused.messages.contains("everybody can write \(host.path("far/playbook.yaml"))"),
      "\(refused)")
    // Nor is it enough that the link leads to a file of ours now.
    try Shell.run("cd \(host.path("")) && chmod 644 far/playbook.yaml && chown -h 1234 link")
    let turned = try host.harden("apply", path, "--yes")
    #expect(
      turned.status == 3 && turned.messages.contains("\(host.path("link")) belongs to user 1234"),
      "\(turned)")
    try Shell.run("cd \(host.path("")) && chown -h 0 link")
    #expect(try host.harden("apply", path, "--yes").status == 0)
    #expect(host.text("root/etc/banner") == "evil\n")
  }

  @Test func `a root above a link is the kernel's`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    try host.write("far/deep/x", "")
    try Shell.run("cd \(host.path("")) && ln -s far/deep link && cp -a root far/root")
    let result = try Program.run(
      ["apply", "playbook.yaml", "--yes", "--root", "link/../root"], in: host.folder.path())
    #expect(result.status == 0 && host.text("root/etc/banner") == nil, "\(result)")
    #expect(host.text("far/root/etc/banner") != nil)
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
