import HardenTestSupport
import Testing

@Suite struct RollbackTargetsTests {
  private func appliedThrice() throws -> RootedHost {
    let host = try RootedHost()
    for text in ["one", "two", "three"] {
      try host.write("playbook.yaml", RootedHost.banner(text))
      #expect(try host.harden("apply", "playbook.yaml", "--yes").status == 0)
    }
    return host
  }

  @Test(arguments: [([], "two\n"), (["--to", "1"], "one\n"), (["--to", "origin"], nil)])
  func `the newest, everything after a run, everything`(
    arguments: [String], content: String?
  ) throws {
    let host = try appliedThrice()
    let undo = try Program.run(
      ["rollback", "--yes", "--root", host.path("root")] + arguments)
    #expect(undo.status == 0, "\(undo)")
    #expect(host.text("root/etc/banner") == content)
  }

  @Test func `a rollback is undone only by its number`() throws {
    let host = try appliedThrice()
    _ = try host.harden("rollback", "--yes")
    #expect(try host.harden("rollback", "4", "--yes").status == 0)
    #expect(host.text("root/etc/banner") == "three\n")
  }

  @Test func `what is undone already is refused`() throws {
    let host = try appliedThrice()
    _ = try host.harden("rollback", "--yes")
    let again = try host.harden("rollback", "3", "--yes")
    #expect(
      again.status == 3 && again.messages.contains("nothing of run 3 is in effect"), "\(again)")
  }

  @Test(arguments: ["nowhere", "9"])
  func `a place to go back to must exist`(word: String) throws {
    let host = try appliedThrice()
    #expect(try host.harden("rollback", "--to", word, "--yes").status == 3)
  }

  @Test func `a label undoes every run that has it, and no other`() throws {
    let host = try RootedHost()
    for (text, label) in [("one", "before"), ("two", "canary"), ("three", "canary")] {
      try host.write("playbook.yaml", RootedHost.banner(text))
      #expect(try host.harden("apply", "playbook.yaml", "--yes", "--label", label).status == 0)
    }
    #expect(try host.harden("rollback", "--label", "none", "--yes").status == 3)
    #expect(try host.harden("rollback", "2", "--label", "canary", "--yes").status == 64)
    #expect(try host.harden("rollback", "--label", "canary", "--yes").status == 0)
    #expect(host.text("root/etc/banner") == "one\n")
    let again = try host.harden("rollback", "--label", "canary", "--yes")
    #expect(again.status == 0 && again.output.contains("Nothing to do"), "\(again)")
  }
}
