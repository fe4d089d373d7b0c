import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct UserObservingTests {
  private func root() throws -> TemporaryRoot {
    let root = try TemporaryRoot()
    root.write("/etc/shadow", "root:*:1::::::\nalice:$y$secret:1:0:99999:7:::\n", mode: 0o640)
    root.write("/etc/gshadow", "root:*::\nalice:!::\n", mode: 0o640)
    return root
  }

  private func observe(_ yaml: String, _ root: TemporaryRoot) throws -> Observation {
    try Entry<User>(yaml).resources[0].observe(Host(root: root.path), for: .test)
  }

  @Test func `a user that is as wanted`() throws {
    let root = try root()
    let found = try observe("{name: alice, shell: /bin/sh, home: /home/alice, group: alice}", root)
    #expect(found.holds && found.steps.isEmpty)
    #expect(
      found.lines == [
        "file group alice (/etc/passwd:3) -> group alice holds",
        "file home /home/alice (/etc/passwd:3) -> home /home/alice holds",
        "file shell /bin/sh (/etc/passwd:3) -> shell /bin/sh holds",
      ])
    #expect(
      try observe("{name: alice}", root).lines == ["file present (/etc/passwd:3) -> present holds"])
    #expect(try observe("{name: nobody, state: absent}", root).holds)
  }

  @Test func `a user that differs, field by field`() throws {
    let root = try root()
    let found = try observe(
      "{name: alice, shell: /bin/bash, groups: [daemon], password: locked, ageing: {max: 90}}", root
    )
    #expect(
      found.lines == [
        "file shell /bin/sh (/etc/passwd:3) -> shell /bin/bash",
        "file member of none (/etc/group:2) -> member of daemon",
        "file password not locked (/etc/shadow:2) -> password locked",
        "file max days 99999 (/etc/shadow:2) -> max days 90",
      ])
    #expect(
      found.steps == [
        .editAccount(
          EditAccount(
            Account(.user, "alice"),
            before: AccountClaims(
              shell: "/bin/sh", groups: [], isLocked: false, ages: [.max: "99999"]),
            after: AccountClaims(
              shell: "/bin/bash", groups: ["daemon"], isLocked: true, ages: [.max: "90"])))
      ])
    #expect(!"\(found)".contains("$y$secret"), "no password is ever in an observation")
  }

  @Test func `a new user has usual values and no number yet`() throws {
    let found = try observe("{name: go-build, system: true}", root())
    #expect(found.lines.first == "file - -> uid (next free system number)")
    guard case .editAccount(let order)? = found.steps.first else {
      Issue.record("no step")
      return
    }
    #expect(
      order.before == nil && order.after?.id == nil && order.after?.home == "/home/go-build"
        && order.after?.shell == "/usr/sbin/nologin" && order.after?.isSystem == true)
  }

  @Test(arguments: [
    ("{name: bob, group: none}", "there is no group 'none'; let another resource make it"),
    ("{name: alice, groups: [none]}", "there is no group 'none'; let another resource make it"),
    ("{name: bob, uid: 1000}", "uid 1000 belongs to alice"),
    ("{name: root, state: absent}", "it is root"),
    (
      "{name: alice, uid: 1001}",
      "its uid is 1000, and files would be left behind with it; change it by hand"
    ),
    (
      "{name: daemon, ageing: {max: 9}}",
      "it has no row in /etc/shadow, where limits are kept; run pwconv"
    ),
  ])
  func `what would be wrong to change`(yaml: String, why: String) throws {
    #expect(try observe(yaml, root()).standing == .refused(why))
  }

  @Test func `removing names the home that stays`() throws {
    let root = try root()
    root.makeDirectory("/home/alice")
    let found = try observe("{name: alice, state: absent}", root)
    #expect(found.notes == ["its home /home/alice stays, and belongs to the bare number then"])
    #expect(found.lines == ["file home /home/alice, shell /bin/sh (/etc/passwd:3) -> -"])
  }

  @Test func `a group of the same name becomes the primary one`() throws {
    let found = try observe("{name: shadow}", root())
    guard case .editAccount(let order)? = found.steps.first else {
      Issue.record("no step")
      return
    }
    #expect(order.after?.group == "shadow")
  }
}
