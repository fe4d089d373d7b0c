import HardenModel
import HardenSystem
import Testing

@Suite struct AccountNamesTests {
  private let names = AccountNames(
    passwd: "root:x:0:0:r:/root:/bin/sh\ntoor:x:0:0::/:\nalice:x:1000:1000::/:\nalice:x:5:5::/:\n",
    group: "root:x:0:\nbroken\n:x:7:\nbad:x:minus:\nadm:x:4:alice\n")

  @Test func `the first row of a name and of a number counts`() {
    #expect(names.user(.name("alice")) == 1000)
    #expect(names.user(.name("toor")) == 0)
    #expect(names.user(0) == .name("root"))
    #expect(names.group(4) == .name("adm"))
  }

  @Test func `a number stands for itself, and a name that no row has for nothing`() {
    #expect(names.user(.id(4711)) == 4711 && names.user(4711) == .id(4711))
    #expect(names.user(.name("bob")) == nil && names.group(.name("alice")) == nil)
  }

  @Test func `rows that are none do not count`() {
    #expect(names.group(.name("broken")) == nil && names.group(.name("bad")) == nil)
    #expect(names.group(7) == .id(7))
  }

  @Test func `root is 0 where no row says so`() {
    let none = AccountNames(passwd: "", group: "")
    #expect(none.user(.name("root")) == 0 && none.group(.name("root")) == 0)
    #expect(none.user(0) == .name("root") && none.group(0) == .name("root"))
    let other = AccountNames(passwd: "root:x:7:0::/:\nadmin:x:0:0::/:\n", group: "wheel:x:0:\n")
    #expect(other.user(.name("root")) == 7 && other.user(0) == .name("admin"))
    #expect(other.group(0) == .name("wheel"))
  }
}
