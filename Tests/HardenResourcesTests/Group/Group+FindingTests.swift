import HardenCore
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct GroupFindingTests {
  @Test func `groups with all of their members`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/group", "root:x:0:\nops:x:50:alice,daemon\nops:x:51:\n")
    #expect(
      try Group.lines("*", on: root) == [
        "name='root' gid=0 members=[]", "name='ops' gid=50 members=['alice','daemon']",
        "ops! an earlier row has its name",
      ])
    #expect(try Group.lines("r*", on: root).count == 1)
    #expect(Group.mistake(in: "a:b") != nil && Group.mistake(in: "a*") == nil)
  }
}
