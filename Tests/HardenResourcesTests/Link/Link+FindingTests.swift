import HardenCore
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct LinkFindingTests {
  @Test func `links with what they say`() throws {
    let root = try TemporaryRoot()
    root.link("/etc/mtab", to: "../proc/self/mounts")
    root.write("/etc/x", "")
    #expect(
      try Link.lines("/etc/*", on: root) == ["path='/etc/mtab' target='../proc/self/mounts'"])
    #expect(try Link.lines("/etc/x", on: root) == [])
    #expect(Link.mistake(in: "mtab") != nil)
  }
}
