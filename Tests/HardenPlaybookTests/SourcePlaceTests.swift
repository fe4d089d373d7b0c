import HardenTestSupport
import Testing

@testable import HardenPlaybook

@Suite struct SourcePlaceTests {
  @Test(arguments: [
    ("play.yaml", "a.yaml", "a.yaml"), ("dir/play.yaml", "sub/./a.yaml", "dir/sub/a.yaml"),
    ("/play.yaml", "a.yaml", "/a.yaml"), ("/x/play.yaml", "b/../a.yaml", "/x/a.yaml"),
    ("../play.yaml", "a.yaml", "../a.yaml"),
  ])
  func `files beside a playbook are named as it is`(top: String, relative: String, name: String) {
    #expect(SourcePlace(named: top).beside(relative)?.name == name)
  }

  @Test(arguments: ["", "/a.yaml", "../a.yaml", "b/../../a.yaml", "a\u{0}", "..", "."])
  func `nothing outside the folder is named`(relative: String) {
    #expect(SourcePlace(named: "dir/play.yaml").beside(relative) == nil)
  }

  @Test func `an included file may go back up, but not out`() throws {
    let sub = try #require(SourcePlace(named: "dir/play.yaml").beside("a/b/c.yaml"))
    #expect(sub.beside("../../d.yaml")?.name == "dir/d.yaml")
    #expect(sub.beside("../../../d.yaml") == nil)
  }

  @Test func `the library has names, not paths`() {
    #expect(
      SourcePlace(library: "/lib", name: "server-baseline")?.name == "/lib/server-baseline.yaml")
    for name in ["", "../x", "a/b", "a.b", "/etc/passwd"] {
      #expect(SourcePlace(library: "/lib", name: name[...]) == nil)
    }
  }

  @Test func `links do not lead out of the tree`() throws {
    let folder = try TemporaryRoot(withAccounts: false)
    folder.write("/secret", "x")
    folder.write("/tree/real", "y")
    folder.link("/tree/out", to: "../secret")
    folder.link("/tree/in", to: "real")
    let top = SourcePlace(named: folder.outside("/tree/play.yaml"))
    #expect(try top.beside("in")?.read(limit: 10) == Array("y".utf8))
    #expect(throws: (any Error).self) { try top.beside("out")?.read(limit: 10) }
  }
}
