import Foundation
import HardenSystem
import HardenTestSupport
import SystemPackage
import Testing

@Suite struct UserFileStoringTests {
  @Test func `a file is made for its owner, and replaced as a whole`() throws {
    let host = try RootedHost()
    let path = host.path("x.plan")
    try UserFile.store(Array("one".utf8), at: path)
    try UserFile.store(Array("two".utf8), at: path)
    #expect(host.text("x.plan") == "two" && host.text("x.plan.new") == nil)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test(arguments: ["mkdir x", "mkfifo x", "ln -s elsewhere x"])
  func `nothing but a file is replaced`(making: String) throws {
    let host = try RootedHost()
    #expect(try Program.shell(making, in: host.folder.path()).status == 0)
    #expect(throws: SystemError.self) { try UserFile.store([1], at: host.path("x")) }
    #expect(host.text("elsewhere") == nil && host.text("x.new") == nil)
  }

  @Test(arguments: ["mkdir x", "touch x", "ln -s elsewhere x"])
  func `where a new file is wanted nothing is replaced`(making: String) throws {
    let host = try RootedHost()
    try UserFile.store([0x79], at: host.path("y"), isNew: true)
    #expect(host.text("y") == "y")
    #expect(try Program.shell(making, in: host.folder.path()).status == 0)
    #expect(throws: SystemError.self) { try UserFile.checkAbsent(host.path("x")) }
    #expect(throws: SystemError.self) { try UserFile.store([1], at: host.path("x"), isNew: true) }
    #expect(host.text("elsewhere") == nil && host.text("x.new") == nil)
  }

  @Test func `a file that comes to be while another is written stays`() throws {
    let host = try RootedHost()
    let path = host.path("x")
    let racing = Calls(intercept: {
      if $0.call == "fdatasync", !$0.isAfter {
        _ = FileManager.default.createFile(atPath: path, contents: Data("theirs".utf8))
      }
      return nil
    })
    #expect(throws: SystemError.self) {
      try UserFile.store([1], at: host.path("x"), isNew: true, calls: racing)
    }
    #expect(host.text("x") == "theirs" && host.text("x.new") == nil)
  }

  @Test(arguments: ["openat", "write", "fdatasync", "renameat2"])
  func `a call that fails leaves the old file and nothing beside it`(call: String) throws {
    let host = try RootedHost()
    try host.write("x.plan", "old")
    let failing = Calls(intercept: { $0.call == call && !$0.isAfter ? .noSpace : nil })
    #expect(throws: SystemError.self) {
      try UserFile.store([1], at: host.path("x.plan"), calls: failing)
    }
    #expect(host.text("x.plan") == "old" && host.text("x.plan.new") == nil)
  }
}
