import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct PathPatternTests {
  @Test func `patterns stand for files that are there, in every part`() throws {
    let root = try TemporaryRoot()
    for path in ["/home/a/.bashrc", "/home/b/.bashrc", "/home/b/.profile", "/etc/profile.d/x.sh"] {
      root.write(path, "")
    }
    root.write("/home/file", "")
    root.makeDirectory("/etc/profile.d/folder.sh")
    root.link("/etc/profile.d/y.sh", to: "x.sh")
    root.link("/etc/profile.d/z.sh", to: "nowhere")
    let host = try Host(root: root.path)
    for (pattern, files) in [
      ("/home/*/.bashrc", ["/home/a/.bashrc", "/home/b/.bashrc"]),
      ("/home/b/.*", ["/home/b/.bashrc", "/home/b/.profile"]), ("/home/b/*", []),
      ("/etc/profile.d/*.sh", ["/etc/profile.d/x.sh", "/etc/profile.d/y.sh"]),
      ("/h*/[ac]/.b?shrc", ["/home/a/.bashrc"]), ("/none/*", []), ("/home/*/none", []),
      ("/home/file", ["/home/file"]), ("/none", []), ("/home", ["/home"]),
    ] {
      #expect(try PathPattern.files(pattern, on: host) == files, "\(pattern)")
    }
  }
}
