import HardenSystem
import HardenTestSupport
import Testing

private typealias Host = HardenSystem.Host

@Suite struct HostDropInsTests {
  @Test func `of one name the first folder counts, and names are in the order of their bytes`()
    throws
  {
    let root = try TemporaryRoot()
    for path in ["/b/20-x.conf", "/b/B.conf", "/b/a.conf", "/a/20-x.conf", "/a/README"] {
      root.write(path, "")
    }
    let found = try Host(root: root.path).dropIns(in: ["/a", "/none", "/b"])
    #expect(found.map(\.path) == ["/a/20-x.conf", "/b/B.conf", "/b/a.conf"])
    #expect(found.map(\.name) == ["20-x.conf", "B.conf", "a.conf"])
  }

  @Test func `one's own file counts for its name, also before it is there`() throws {
    let root = try TemporaryRoot()
    root.write("/a/z.conf", "")
    root.write("/a/own.conf", "")
    let found = try Host(root: root.path).dropIns(in: ["/a"], own: "/b/own.conf")
    #expect(found.map(\.path) == ["/b/own.conf", "/a/z.conf"])
  }
}
