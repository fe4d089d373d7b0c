import HardenTestSupport
import Testing

@Suite struct RollbackVerbTests {
  private func applied() throws -> RootedHost {
    let host = try RootedHost(playbook: RootedHost.banner())
    try host.write("root/etc/banner", "Welcome\n")
    #expect(try host.harden("apply", "playbook.yaml", "--yes").status == 0)
    return host
  }

  @Test func `without a number the newest apply is undone, once`() throws {
    let host = try applied()
    let undo = try host.harden("rollback", "--yes")
    #expect(undo.status == 0 && undo.output.contains("1 step put back"), "\(undo)")
    #expect(host.text("root/etc/banner") == "Welcome\n")
    let again = try host.harden("rollback", "--yes")
    #expect(again.status == 0 && again.output == "Nothing to do.\n", "\(again)")
  }

  @Test func `the preview changes nothing and names the command`() throws {
    let host = try applied()
    let plan = try host.harden("rollback", "1", "--plan", "--only", "banner", "--detailed-exitcode")
    #expect(plan.status == 2 && plan.output.contains("To be put back"), "\(plan)")
    #expect(plan.output.contains("next: harden rollback 1 --only banner --root "), "\(plan)")
    #expect(host.text("root/etc/banner") == "Authorised use only\n")
  }

  @Test(arguments: [("keep", 4, "Mine\n"), ("restore", 0, "Welcome\n"), ("abort", 3, "Mine\n")])
  func `what somebody changed since is theirs to keep`(
    policy: String, status: Int32, content: String
  ) throws {
    let host = try applied()
    try host.write("root/etc/banner", "Mine\n")
    let undo = try host.harden("rollback", "--yes", "--on-conflict", policy)
    #expect(undo.status == status, "\(undo)")
    #expect(host.text("root/etc/banner") == content)
  }

  @Test func `no such run is refused`() throws {
    #expect(try RootedHost().harden("rollback", "7", "--yes").status == 3)
    let host = try applied()
    #expect(try host.harden("rollback", "7", "--yes").status == 3)
    #expect(try host.harden("rollback", "1", "--to", "1", "--yes").status == 64)
  }

  @Test func `without a terminal and without yes nothing happens`() throws {
    let host = try applied()
    #expect(try host.harden("rollback").status == 64)
    #expect(host.text("root/etc/banner") == "Authorised use only\n")
  }
}
