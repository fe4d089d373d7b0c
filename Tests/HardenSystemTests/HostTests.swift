import Glibc
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct HostTests {
  private let root: TemporaryRoot

  init() throws { root = try TemporaryRoot() }

  private func host() throws -> Host { try Host(root: root.path) }

  @Test func `a value is computed once, also when it is nil, and anew after that`() throws {
    let host = try host()
    var count = 0
    func value(_ host: borrowing Host) throws -> Int? {
      try host.once("k") { _ throws(SystemError) -> Int? in
        count += 1
        return nil
      }
    }
    #expect(try value(host) == nil && value(host) == nil && count == 1)
    #expect(try value(try host.fresh()) == nil && count == 2)
  }

  @Test func `only regular files have contents, and nothing is waited for`() throws {
    root.write("/etc/file", "text")
    mkfifo(root.outside("/etc/pipe"), 0o600)
    let host = try host()
    #expect(try host.text("/etc/file") == "text")
    #expect(try host.contents("/etc/none") == nil && host.contents("/etc/file/below") == nil)
    for path in ["/etc/pipe", "/etc"] {
      #expect(throws: SystemError.self) { try host.contents(path) }
    }
  }

  @Test func `a file above the limit is refused and never cut`() throws {
    root.write("/etc/file", "12345")
    let host = try host()
    #expect(try host.contents("/etc/file", limit: 5)?.count == 5)
    #expect(throws: SystemError.self) { try host.contents("/etc/file", limit: 4) }
  }

  @Test func `links are followed only where it is asked for`() throws {
    root.write("/etc/file", "text")
    root.link("/etc/link", to: "file")
    let host = try host()
    #expect(try host.inode("/etc/link")?.form == .link)
    #expect(try host.inodeFollowing("/etc/link")?.form == .file)
    #expect(try host.linkTarget("/etc/link") == "file" && host.linkTarget("/etc/file") == nil)
    #expect(try host.text("/etc/link") == "text")
    #expect(throws: SystemError.self) { try host.contents("/etc/link") }
    #expect(try host.linkTarget("/etc/none") == nil)
  }

  @Test func `a path has one spelling without links on the way`() throws {
    root.write("/usr/lib/f", "x")
    root.link("/lib", to: "usr/lib")
    let host = try host()
    for path in ["/lib/f", "/usr/lib/f", "/usr/../lib/./f", "//lib//f"] {
      #expect(try host.canonical(path) == "/usr/lib/f", "\(path)")
      #expect(try host.inode(path)?.form == .file, "\(path)")
    }
    #expect(try host.canonical("/lib") == "/lib")
    #expect(try host.canonical("/lib", last: .follow) == "/usr/lib")
    #expect(try host.canonical("/") == "/" && host.canonical("/top") == "/top")
    #expect(try host.inode("/usr/lib/")?.form == .directory)
  }

  @Test func `names of a directory are sorted, and none where it is missing`() throws {
    for name in ["b", "a", "c"] { root.write("/etc/d/\(name)", "") }
    #expect(try host().entries("/etc/d") == ["a", "b", "c"])
    #expect(try host().entries("/etc/none") == [])
    #expect(try host().entries("/etc/d/a") == [])
  }

  @Test func `extended attributes and flags are read from the path itself`() throws {
    root.write("/etc/f", "x")
    try Shell.run(
      "setfattr -n user.note -v abc \(root.outside("/etc/f")); chattr +d \(root.outside("/etc/f"))")
    #expect(try host().xattrs("/etc/f")["user.note"] == Bytes(Array("abc".utf8)))
    #expect(try host().flags("/etc/f").map { $0 & 0x40 } == 0x40)
  }

  @Test func `kernel parameters are read, found by pattern, and absent where there are none`()
    throws
  {
    let host = try Host()
    #expect(try host.sysctl(SysctlKey(path: "kernel/ostype")) == "Linux")
    #expect(try host.sysctl(SysctlKey(path: "kernel/none")) == nil)
    #expect(try host.mode(of: SysctlKey(path: "kernel/ostype")) == Mode(0o444))
    #expect(try host.mode(of: SysctlKey(path: "kernel/none")) == nil)
    #expect(
      try host.sysctls(matching: "net/ipv4/conf/*/forwarding").contains(
        SysctlKey(path: "net/ipv4/conf/lo/forwarding")))
    #expect(try host.sysctls(matching: "kernel/none*") == [])
    #expect(try !host.hasSysctl(SysctlKey(path: "kernel")) && !host.isLive == false)
  }
}
