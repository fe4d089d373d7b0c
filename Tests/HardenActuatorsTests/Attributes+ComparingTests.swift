import HardenModel
import HardenSystem
import Testing

@testable import HardenActuators

@Suite struct AttributesComparingTests {
  private let accounts = AccountNames(passwd: "alice:x:1000:1000::/:\n", group: "adm:x:4:\n")
  private let found = Attributes(
    owner: .id(1000), group: .id(4), mode: Mode(0o640), xattrs: ["user.a": Bytes([1])], flags: 0x40)

  @Test func `claims are met by name and by number, and what is not claimed does not matter`() {
    for claim in [
      Attributes(), found, Attributes(owner: .name("alice"), group: .name("adm")),
      Attributes(xattrs: ["user.b": nil]),
    ] { #expect(claim.unmet(by: found, accounts) == []) }
  }

  @Test func `every claim that is not met is named`() {
    let claim = Attributes(
      owner: .id(0), group: .id(0), mode: Mode(0o600),
      xattrs: ["user.a": nil, "user.b": Bytes([])],
      flags: 0)
    #expect(
      claim.unmet(by: found, accounts) == ["owner", "group", "mode", "user.a", "user.b", "flags"])
  }

  @Test func `what is nil is taken from another, and what only another has is taken away`() {
    let filled = Attributes(mode: Mode(0o600)).filled(from: found)
    #expect(
      filled.mode == Mode(0o600) && filled.owner == .id(1000) && filled.xattrs == found.xattrs)
    #expect(
      Attributes(xattrs: ["user.b": Bytes([])]).replacing(found).xattrs
        == ["user.a": nil, "user.b": Bytes([])])
  }
}
