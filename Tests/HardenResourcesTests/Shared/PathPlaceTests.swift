import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct PathPlaceTests {
  @Test func `what stands in the way is named`() throws {
    let root = try TemporaryRoot()
    root.write("/f", "")
    root.link("/l", to: "f")
    mkfifo(root.outside("/p"), 0o600)
    let host = try Host(root: root.path)
    let obstacle = { (path: String, form: Inode.Form) throws -> String? in
      let host = try Host(root: root.path)
      return try PathPlace.obstacle(
        try #require(try host.inode(path)), at: path, wanting: form, on: host)
    }
    #expect(try obstacle("/f", .file) == nil)
    #expect(try obstacle("/etc", .directory) == nil)
    #expect(try obstacle("/f", .directory)?.hasPrefix("it is a file") == true)
    #expect(try obstacle("/etc", .file)?.hasPrefix("it is a directory") == true)
    #expect(try obstacle("/l", .file)?.hasPrefix("it is a link to f") == true)
    #expect(try obstacle("/p", .file)?.hasPrefix("it is a pipe") == true)
    #expect(try PathPlace.parentNote("/etc/x", on: host) == [])
    #expect(try PathPlace.parentNote("/no/x", on: host).count == 1)
  }

  private func lock(_ path: String, _ root: TemporaryRoot) throws -> String? {
    let host = try Host(root: root.path)
    let inode = try #require(try host.inode(path))
    return try PathPlace.lock(inode, at: path, on: host)
  }

  @Test func `a file with further names and an immutable one are locked`() throws {
    let root = try TemporaryRoot()
    root.write("/f", "")
    #expect(try lock("/f", root) == nil)
    try FileManager.default.linkItem(atPath: root.outside("/f"), toPath: root.outside("/g"))
    #expect(try lock("/f", root)?.contains("2 names") == true)
    root.write("/h", "")
    guard try Launch("/usr/bin/chattr", ["+i", root.outside("/h")]).status == 0 else { return }
    #expect(try lock("/h", root)?.contains("immutable") == true)
  }

  @Test func `what may not be read is unmeasured, other trouble is thrown`() throws {
    #expect(
      try PathPlace.observation(SystemError("openat2", "/f", .permissionDenied)).standing
        == .unmeasured("/f: openat2: Permission denied"))
    #expect(
      try PathPlace.observation(SystemError(refusing: "/f", "why")).standing == .refused("/f: why"))
    #expect(throws: SystemError.self) {
      try PathPlace.observation(SystemError("openat2", "/f", .ioError))
    }
  }
}
