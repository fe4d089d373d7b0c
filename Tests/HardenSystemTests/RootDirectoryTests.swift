import HardenSystem
import HardenTestSupport
import Testing

/// Links that somebody else could replace, ways out of the root, circles.
struct RootDirectoryTests {
  private let root: TemporaryRoot

  init() throws {
    root = try TemporaryRoot()
    root.write("/etc/target", "in\n")
    root.write("/usr/lib/os", "os\n")
  }

  private func read(_ path: String, _ script: String) throws -> String {
    try Shell.run("cd \(root.path); \(script)")
    do {
      let bytes = try Host(root: root.path).contents(path, last: .follow)
      return bytes.map { String(decoding: $0, as: UTF8.self) } ?? "nothing"
    } catch { return "\(error)" }
  }

  @Test(arguments: [
    ("/etc/link", "ln -s target etc/link"), ("/etc/link", "ln -s /etc/target etc/link"),
    ("/etc/link", "ln -s ../etc/target etc/link"), ("/lnk/target", "ln -s etc lnk"),
    ("/etc/link", "ln -s ../../../../etc/target etc/link"), ("/etc/../etc/./target", "true"),
  ])
  func `a link of root's in a directory of root's is followed inside the root`(
    scene: (path: String, script: String)
  ) throws {
    #expect(try read(scene.path, scene.script) == "in\n")
  }

  @Test(arguments: [
    ("/etc/link", "ln -s target etc/link; chown -h 7 etc/link"),
    ("/home/link", "mkdir home; chown 7 home; ln -s ../etc/target home/link"),
    ("/tmp/link", "mkdir -m 1777 tmp; ln -s ../etc/target tmp/link"),
    ("/tmp/dir/target", "mkdir -m 777 tmp; ln -s ../etc tmp/dir"),
  ])
  func `a link that somebody else could replace is refused`(scene: (path: String, script: String))
    throws
  {
    #expect(try read(scene.path, scene.script).contains("could be replaced by somebody else"))
  }

  @Test func `a circle ends`() throws {
    #expect(try read("/etc/a", "ln -s b etc/a; ln -s a etc/b").contains("ymbolic link"))
  }

  @Test(arguments: ["mkfifo etc/x", "mkdir etc/x", "mknod etc/x c 1 5"])
  func `only regular files are read, and nothing is waited for`(script: String) throws {
    #expect(try read("/etc/x", script).contains("not a regular file"))
  }

  @Test func `a large file is refused at the limit`() throws {
    #expect(try read("/etc/x", "truncate -s 10G etc/x").contains("larger than"))
  }

  @Test func `what is missing is nothing`() throws {
    #expect(try read("/etc/none/deeper", "true") == "nothing")
    #expect(try read("/etc/target/below", "true") == "nothing")
  }
}
