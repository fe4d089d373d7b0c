import HardenCore
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct FoundPathsTests {
  private func root() throws -> TemporaryRoot {
    let root = try TemporaryRoot(withAccounts: false)
    for path in ["/a/x.conf", "/a/.hidden", "/b/x.conf", "/b/y"] {
      root.write(path, "")
    }
    try Shell.run("touch '\(root.outside("/b/é [1]"))'")
    root.link("/c", to: "/a")
    root.link("/b/l", to: "y")
    return root
  }

  private func paths(_ pattern: String, _ form: Inode.Form, _ root: TemporaryRoot) throws
    -> [String]
  {
    try FoundPaths(pattern, form, on: Host(root: root.path)).paths.map(\.path)
  }

  @Test func `parts of a path are patterns, as in a shell`() throws {
    let root = try root()
    #expect(try paths("/*/x.conf", .file, root) == ["/a/x.conf", "/b/x.conf", "/c/x.conf"])
    #expect(try paths("/b/[xy]*", .file, root) == ["/b/x.conf", "/b/y"])
    #expect(try paths("/a/*", .file, root) == ["/a/x.conf"])
    #expect(try paths("/a/.*", .file, root) == ["/a/.hidden"])
    #expect(try paths("/{a,b}/{x.conf,y}", .file, root) == ["/a/x.conf", "/b/x.conf", "/b/y"])
    #expect(try paths("/b/*", .link, root) == ["/b/l"])
    #expect(try paths("/*", .directory, root) == ["/a", "/b", "/etc"])
    #expect(try paths("/", .directory, root) == ["/"])
    #expect(try paths("/b/y", .directory, root) == [])
    #expect(try paths("/none/*", .file, root) == [])
    #expect(try paths("/b/\u{E9}*", .file, root) == ["/b/é [1]"])
  }

  @Test func `a name that is no UTF-8 is counted`() throws {
    let root = try root()
    try Shell.run("touch \"\(root.outside("/b/"))$(printf 'x\\377')\"")
    let found = try FoundPaths("/b/x*", .file, on: Host(root: root.path))
    #expect(found.paths.map(\.path) == ["/b/x.conf"])
    #expect(found.remarks == ["left out: 1 path that cannot be looked at"])
  }

  @Test func `a link that nobody may trust is counted`() throws {
    let root = try root()
    root.makeDirectory("/tmp", mode: 0o1777)
    root.link("/tmp/l", to: "/a")
    try Shell.run("chown -h 1000 \(root.outside("/tmp/l"))")
    let found = try FoundPaths("/tmp/*/x.conf", .file, on: Host(root: root.path))
    #expect(found.paths.isEmpty)
    #expect(found.remarks == ["left out: 1 path that cannot be looked at"])
  }

  @Test(arguments: ["", "etc", "/a//b", "/a/", "/a/../b", "/\n", "{/a,b}"])
  func `patterns that no path can match`(pattern: String) {
    #expect(FoundPaths.mistake(in: pattern) != nil)
    #expect(FoundPaths.mistake(in: "/etc/{a,b}/*") == nil)
  }
}
