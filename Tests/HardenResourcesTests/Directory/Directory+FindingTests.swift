import HardenCore
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct DirectoryFindingTests {
  @Test func `directories by owner, group and mode`() throws {
    let root = try TemporaryRoot()
    root.makeDirectory("/srv/a", mode: 0o2750)
    try Shell.run("chown 1000:77 \(root.outside("/srv/a"))")
    root.link("/srv/b", to: "a")
    #expect(
      try Directory.lines("/srv/*", on: root) == [
        "path='/srv/a' owner='alice' group=77 mode='2750'"
      ])
    #expect(Directory.mistake(in: "srv") != nil)
  }
}
