import HardenModel
import Testing

@testable import HardenActuators

@Suite struct AccountToolTests {
  private let book = AccountBook([.passwd: [], .group: []])

  private func lines(
    _ kind: Account.Kind, _ before: AccountClaims?, _ after: AccountClaims?
  ) -> [String] {
    AccountTool.needed(
      for: EditAccount(Account(kind, "x"), before: before, after: after), book
    ).map { ([$0.name] + $0.arguments).joined(separator: " ") }
  }

  @Test func `a user is made with everything said, so that no default of a host matters`() {
    #expect(
      lines(
        .user, nil,
        AccountClaims(
          id: 7, isSystem: true, group: "g", home: "/h", shell: "/s", groups: ["a", "b"],
          isLocked: true, ages: [.max: "9"]))
        == ["useradd -M -l -r -u 7 -d /h -s /s -N -g g -G a,b x"])
    #expect(lines(.user, nil, AccountClaims()) == ["useradd -M -l -U x"])
  }

  @Test func `a home is never removed and a membership never taken away by the way`() {
    #expect(lines(.user, AccountClaims(), nil) == ["userdel x"])
    #expect(
      lines(.user, AccountClaims(), AccountClaims(shell: "/s", groups: ["a"]))
        == ["usermod -s /s -a -G a x"])
  }

  @Test func `what only the shadow file says takes no tool`() {
    #expect(
      lines(.user, AccountClaims(), AccountClaims(isLocked: true, ages: [.expires: "1"])) == [])
  }

  @Test func `groups`() {
    #expect(
      lines(.group, nil, AccountClaims(id: 9, isSystem: true, members: ["a", "b"]))
        == ["groupadd -r -g 9 x", "gpasswd -M a,b x"])
    #expect(lines(.group, AccountClaims(), AccountClaims(members: [])) == ["gpasswd -M  x"])
    #expect(lines(.group, AccountClaims(), nil) == ["groupdel x"])
  }
}
