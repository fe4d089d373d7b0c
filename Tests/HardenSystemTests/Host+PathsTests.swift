import HardenSystem
import HardenTestSupport
import Testing

/// Where paths lead, by a host that walks each folder once.
@Suite struct HostPathsTests {
  private let root: TemporaryRoot

  init() throws { root = try TemporaryRoot() }

  @Test func `links after links lead where the kernel goes`() throws {
    root.write("/srv/a/b/file", "x")
    root.link("/etc/one", to: "../srv/a")
    root.link("/srv/a/two", to: "/etc/one/b")
    root.link("/srv/a/b/three", to: "./../two/file")
    root.link("/opt", to: "etc/one")
    let host = try Host(root: root.path).snapshot()
    for path in [
      "/etc/one/two/three", "/opt/two/three", "/opt/b/three", "/opt/../a/two/file",
      "/opt/two/../two/./file",
    ] {
      #expect(try host.canonical(path, last: .follow) == "/srv/a/b/file", "\(path)")
      #expect(try host.contents(path, last: .follow) == Array("x".utf8), "\(path)")
    }
    #expect(try host.canonical("/etc/one/two") == "/srv/a/two")
    #expect(try host.canonical("/opt/two/three") == "/srv/a/b/three")
  }

  @Test func `a link that leads nowhere has a path, and a circle has none`() throws {
    root.link("/etc/gone", to: "/none/at/all")
    root.link("/etc/left", to: "right")
    root.link("/etc/right", to: "left")
    root.link("/etc/round", to: "round/x")
    let host = try Host(root: root.path).snapshot()
    #expect(try host.canonical("/etc/gone", last: .follow) == "/none/at/all")
    #expect(try host.contents("/etc/gone", last: .follow) == nil)
    for path in ["/etc/left", "/etc/left/x", "/etc/round/x"] {
      #expect(throws: SystemError.self, "\(path)") { try host.canonical(path, last: .follow) }
    }
  }

  @Test
  func `a link that others could replace is refused wherever it stands, by the path asked for`()
    throws
  {
    root.write("/srv/a/file", "x")
    root.link("/open/folder", to: "/srv/a")
    root.link("/open/file", to: "/srv/a/file")
    root.link("/etc/first", to: "/open/file")
    try Shell.run("chmod 777 \(root.outside("/open"))")
    let host = try Host(root: root.path).snapshot()
    for path in ["/open/folder/file", "/open/file", "/etc/first"] {
      let error = #expect(throws: SystemError.self) {
        try host.contents(path, last: .follow)
      }
      #expect(error?.errno == nil, "\(path)")
      #expect("\(error.map(\.description) ?? "")".contains("could be replaced"), "\(path)")
    }
    #expect(try host.inode("/open/file")?.form == .link)
  }
}
