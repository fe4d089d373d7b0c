import Glibc
import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite(.enabled(if: geteuid() == 0)) struct FileTrustTests {
  /// Why `x/y/file` is doubted after `change`, seen by root alone unless others are trusted.
  private func doubt(_ change: String, trusted: Set<UInt32> = [0]) throws -> String? {
    let root = try TemporaryRoot()
    root.write("/x/y/file", "text")
    try Shell.run("cd \(root.path) && chmod 755 . x x/y && chmod 644 x/y/file && \(change)")
    return FileTrust.doubt(of: "\(root.path)/x/y/file", trusted: trusted)?
      .replacing(root.path, with: "")
  }

  @Test func `what only root can write is believed, below a sticky directory too`() throws {
    #expect(try doubt("true") == nil)
    #expect(try doubt("chmod 1777 x") == nil)
    #expect(try doubt("chmod 664 x/y/file") == nil)
    #expect(try doubt("setfacl -m u:1234:rx x/y && setfacl -m u:1234:r x/y/file") == nil)
    #expect(try doubt("mv x/y/file . && ln -s ../.././file x/y/file") == nil)
  }

  @Test(arguments: [
    ("chmod 646 x/y/file", "everybody can write /x/y/file"),
    ("chmod 777 x/y", "everybody can write /x/y"),
    ("chmod 757 x", "everybody can write /x"),
    ("chown 1234 x/y/file", "/x/y/file belongs to user 1234"),
    ("chown 1234 x", "/x belongs to user 1234"),
    ("chgrp 4321 x/y && chmod 775 x/y", "group 4321 can write /x/y"),
    (
      "mkdir z && chmod 777 z && mv x/y/file z/ && ln -s ../../z/file x/y/file",
      "everybody can write /z"
    ),
    (
      "chmod 1777 x && mv x/y y && ln -s ../y x/y && chown -h 1234 x/y",
      "/x/y belongs to user 1234"
    ),
    // A link to a link: what lies between the two is on the way as well.
    (
      "mkdir z && mv x/y/file . && ln -s ../file z/b && ln -s ../../z/b x/y/file && chmod 1777 z && chown -h 1234 z/b",
      "/z/b belongs to user 1234"
    ),
    (
      "mkdir z && mv x/y/file . && ln -s ../file z/b && ln -s ../../z/b x/y/file && chmod 777 z",
      "everybody can write /z"
    ),
    ("setfacl -m u:1234:rw x/y/file", "its access control list lets others write /x/y/file"),
    ("setfacl -m u:1234:rwx x/y", "its access control list lets others write /x/y"),
    ("setfacl -m u:1234:rwx x", "its access control list lets others write /x"),
    (
      "rm x/y/file",
      "it cannot be looked at: /x/y/file: openat2: No such file or directory"
    ),
    (
      "ln -sf file x/y/file",
      "it cannot be looked at: /x/y/file: readlink: Too many levels of symbolic links"
    ),
  ])
  func `what somebody else can write is not`(change: String, expected: String) throws {
    #expect(try doubt(change) == expected)
  }

  @Test func `what the caller can write is the caller's own`() throws {
    #expect(try doubt("chown 1234 x x/y x/y/file", trusted: [0, 1234]) == nil)
    #expect(
      try doubt("mv x/y y && ln -s ../y x/y && chown -h 1234 x/y", trusted: [0, 1234]) == nil)
  }
}
