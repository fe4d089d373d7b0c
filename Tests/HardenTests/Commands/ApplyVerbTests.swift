import HardenTestSupport
import Testing

@Suite struct ApplyVerbTests {
  @Test func `apply does what the plan showed, once`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let first = try host.harden("apply", "playbook.yaml", "--yes", "--detailed-exitcode")
    #expect(first.status == 2 && first.output.contains("Run 1 is done: 1 step"), "\(first)")
    #expect(host.text("root/etc/banner") == "Authorised use only\n")
    let second = try host.harden("apply", "playbook.yaml", "--yes", "--detailed-exitcode")
    #expect(second.status == 0 && second.output.hasSuffix("Nothing to do.\n"), "\(second)")
  }

  @Test func `without a terminal and without yes nothing happens, and the command is printed`()
    throws
  {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try host.harden("apply", "playbook.yaml")
    #expect(result.status == 64 && host.text("root/etc/banner") == nil)
    #expect(
      result.messages.contains("harden apply playbook.yaml --root \(host.path("root")) --yes"),
      "\(result)")
  }

  @Test(arguments: [("yes", 0), ("y", 3), ("", 3), ("no", 3)])
  func `a terminal is asked, and only yes is yes`(answer: String, status: Int32) throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let result = try Program.shell(
      """
      { sleep 0.5; echo '\(answer)'; } | \
      script -qec "$HARDEN apply playbook.yaml --root root" /dev/null
      """, in: host.folder.path())
    #expect(result.status == status && result.output.contains("Type yes:"), "\(result)")
    #expect((host.text("root/etc/banner") != nil) == (answer == "yes"))
  }

  @Test func `an expected id is compared`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    let plan = try host.harden("plan", "playbook.yaml")
    let id = try #require(plan.output.firstMatch(of: /--expect-plan ([0-9a-f]{64})/)?.1)
    let short = try host.harden(
      "apply", "playbook.yaml", "--yes", "--expect-plan", "\(id.prefix(6))")
    #expect(short.status == 64, "\(short)")
    let other = try host.harden(
      "apply", "playbook.yaml", "--yes", "--expect-plan", "\(String(id.reversed()))")
    #expect(other.status == 3 && host.text("root/etc/banner") == nil, "\(other)")
    let same = try host.harden(
      "apply", "playbook.yaml", "--yes", "--expect-plan", "\(id.prefix(12))")
    #expect(same.status == 0 && host.text("root/etc/banner") != nil, "\(same)")
  }

  @Test func `a saved plan is applied alone, once, and only while the host is as it was`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    _ = try host.harden("plan", "playbook.yaml", "--out", "x.plan")
    #expect(try host.harden("apply", "x.plan", "--only", "banner", "--yes").status == 64)
    #expect(try host.harden("apply", "x.plan", "playbook.yaml", "--yes").status == 64)
    try host.write("root/etc/banner", "Welcome\n")
    let stale = try host.harden("apply", "x.plan", "--yes")
    #expect(stale.status == 3 && stale.messages.contains("file[/etc/banner]"), "\(stale)")
    #expect(host.text("root/etc/banner") == "Welcome\n")
    _ = try host.harden("plan", "playbook.yaml", "--out", "x.plan")
    #expect(try host.harden("apply", "x.plan", "--yes").status == 0)
    let used = try host.harden("apply", "x.plan", "--yes")
    #expect(used.status == 3 && used.messages.contains("used by run 1"), "\(used)")
  }

  @Test func `what a playbook no longer asks for is put back only when asked`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    _ = try host.harden("apply", "playbook.yaml", "--yes")
    try host.write(
      "playbook.yaml",
      RootedHost.banner().replacing("/etc/banner", with: "/etc/other"))
    let plan = try host.harden("apply", "playbook.yaml", "--yes")
    #expect(plan.status == 0 && plan.output.contains("No longer asked for"), "\(plan)")
    #expect(host.text("root/etc/banner") != nil)
    let pruned = try host.harden("apply", "playbook.yaml", "--yes", "--prune")
    #expect(pruned.status == 0 && host.text("root/etc/banner") == nil, "\(pruned)")
    #expect(host.text("root/etc/other") != nil)
  }

  @Test(arguments: ["playbook.yaml", "more.yaml", "banner.txt", "x.plan"])
  func `what others can write is refused, unless the id says what was reviewed`(name: String) throws
  {
    let host = try RootedHost(
      playbook: """
        harden: 1
        name: base
        include: [more.yaml]
        controls: [{id: banner, ensure: [{file: {path: /etc/banner, source: banner.txt}}]}]

        """)
    try host.write(
      "more.yaml",
      "harden: 1\nname: more\ncontrols: [{id: a, ensure: [{file: {path: /etc/a, content: a}}]}]\n")
    try host.write("banner.txt", "Authorised use only\n")
    let plan = try host.harden("plan", "playbook.yaml")
    _ = try host.harden("plan", "playbook.yaml", "--out", "x.plan")
    let id = try #require(
      plan.output.firstMatch(of: /--expect-plan ([0-9a-f]{64})/)?.1, "\(plan)")
    try Shell.run("chmod 666 \(host.path(name))")
    let file = name == "x.plan" ? name : "playbook.yaml"
    let refused = try host.harden("apply", file, "--yes")
    #expect(refused.status == 3, "\(refused)")
    #expect(refused.messages.contains("everybody can write \(host.path(name))"), "\(refused)")
    #expect(refused.messages.contains("--expect-plan ID") && host.text("root/etc/a") == nil)
    let pinned = try host.harden("apply", file, "--yes", "--expect-plan", "\(id.prefix(12))")
    #expect(pinned.status == 0 && host.text("root/etc/a") == "a", "\(pinned)")
    #expect(host.text("root/etc/banner") == "Authorised use only\n")
  }
}
