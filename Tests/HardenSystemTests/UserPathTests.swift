import HardenSystem
import HardenTestSupport
import Testing

@Suite struct UserPathTests {
  @Test(arguments: [
    ("/", "/"), ("//a/", "/a"), ("/a/./b", "/a/b"), ("/a/b/..", "/a"), ("/../a", "/a"),
    ("/a/../..", "/"),
  ])
  func `what stands for nothing is left out`(path: String, plain: String) {
    #expect(UserPath.plain(path) == plain)
  }

  @Test func `above a link is above where it leads, as for the kernel`() throws {
    let root = try TemporaryRoot(withAccounts: false)
    root.makeDirectory("/far/deep")
    root.makeDirectory("/near/dir")
    root.write("/far/file", "far")
    root.write("/near/file", "near")
    root.link("/near/link", to: "../far/deep")
    root.link("/near/chain", to: "link/../deep")
    root.link("/near/lost", to: "nowhere")
    let plain = { (path: String) in UserPath.plain(root.outside(path)).dropFirst(root.path.count) }
    #expect(plain("/near/link/../file") == "/far/file")
    #expect(plain("/near/chain/.././file") == "/far/file")
    #expect(plain("/near/dir/../link/../../near/file") == "/near/file")
    // Nothing is followed that `..` does not stand behind, and nothing can be found behind this one.
    #expect(plain("/near/dir/../link/x") == "/near/link/x")
    #expect(plain("/near/lost/../file") == "/near/file")
    for path in ["/near/link/../file", "/near/chain/../file", "/near/dir/../link/../../near/file"] {
      #expect(
        try Shell.run("cat \(root.outside(path))")
          == Shell.run("cat \(UserPath.plain(root.outside(path)))"), "\(path)")
    }
  }
}
