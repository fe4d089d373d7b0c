import HardenModel
import Testing

@Suite struct AccountBookTests {
  private let book = AccountBook([
    .passwd: Array(
      "root:x:0:0:root:/root:/bin/sh\nann:x:1000:1000:,,:/home/ann:/bin/sh\nbad:row\n".utf8),
    .shadow: Array("root:*:1::::::\nann:$y$salt$hash:1:0:90:7:::\n".utf8),
    .group: Array("root:x:0:\nsudo:x:27:ann\nann:x:1000:\n".utf8),
    .gshadow: Array("root:*::\nsudo:*::ann\nann:!::\nwheel:!:ann:\n".utf8),
  ])

  @Test func `users, groups and who names whom`() {
    #expect(book.users.map(\.name) == ["root", "ann"])
    #expect(book.user("ann")?.home == "/home/ann" && book.user("bad") == nil)
    #expect(book.groupName(27) == "sudo" && book.groupName(28) == nil)
    #expect(book.groups(naming: "ann") == ["sudo", "wheel"])
  }

  @Test func `passwords and limits`() {
    #expect(book.isLocked("root") && !book.isLocked("ann") && book.isLocked("nobody"))
    #expect(book.age(.max, of: "ann") == "90" && book.age(.expires, of: "ann") == "")
    #expect(book.age(.max, of: "nobody") == nil)
    #expect(book.passwordFile(of: "ann") == .shadow)
    #expect(book.passwordFile(of: "bad") == .passwd)
  }

  @Test func `claims that are not met are named`() {
    let ann = Account(.user, "ann")
    #expect(book.unmet(AccountClaims(), of: ann) == [])
    #expect(book.unmet(AccountClaims(), of: Account(.user, "nobody")) == nil)
    let claims = AccountClaims(
      id: 7, group: "sudo", home: "/srv", shell: "/bin/sh", groups: ["sudo", "root"],
      isLocked: true, ages: [.max: "30"])
    #expect(
      book.unmet(claims, of: ann) == ["uid", "group", "home", "password", "groups", "max"])
    let sudo = Account(.group, "sudo")
    #expect(book.unmet(AccountClaims(id: 27, members: ["ann"]), of: sudo) == [])
    #expect(book.unmet(AccountClaims(members: []), of: sudo) == ["members"])
  }
}
