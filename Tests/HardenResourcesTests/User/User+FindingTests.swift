import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct UserFindingTests {
  private func root() throws -> TemporaryRoot {
    let root = try TemporaryRoot()
    root.write("/etc/group", "root:x:0:\ndaemon:x:1:alice\nshadow:x:42:alice\nalice:x:1000:\n")
    root.write(
      "/etc/shadow",
      "root:*:1::::::\ndaemon:*:1:0:99999:7:::\nalice:$y$secret:1:0:90:14:30:20000:\n", mode: 0o640)
    return root
  }

  @Test func `users by their rows, never with a password`() throws {
    let root = try root()
    #expect(
      try User.lines("*", on: root) == [
        "name='root' uid=0 group='root' home='/root' shell='/bin/sh' password='locked'",
        "name='daemon' uid=1 group='daemon' home='/' shell='/usr/sbin/nologin' password='locked'",
        "name='alice' uid=1000 group='alice' groups=['daemon','shadow'] home='/home/alice' "
          + "shell='/bin/sh' ageing={max=90,warn=14,inactive=30} expires='2024-10-04'",
      ])
    #expect(try User.lines("al?ce", on: root).count == 1)
    #expect(try User.lines("bob", on: root) == [])
  }

  @Test func `fields that no playbook takes are left out, and second rows`() throws {
    let root = try TemporaryRoot()
    root.write(
      "/etc/passwd", "a:x:5:99::/home/a/:\nb:x:6:1::/b:/bin/sh\nb:x:7:1::/c:/bin/sh\n")
    let found = try User.found(on: Host(root: root.path), matching: "*")
    #expect(
      found.resources.map(\.line) == [
        "name='a' uid=5", "name='b' uid=6 group='daemon' home='/b' shell='/bin/sh'",
        "b! an earlier row has its name",
      ])
    #expect(found.remarks.first?.contains("/etc/shadow") == true)
  }
}
