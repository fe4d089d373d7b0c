import Foundation
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct UserFileTests {
  private let folder: TemporaryRoot
  init() throws { folder = try TemporaryRoot(withAccounts: false) }

  private func message(_ read: () throws -> [UInt8]) -> String {
    do {
      _ = try read()
      return ""
    } catch { return "\(error)" }
  }

  @Test func `a file is read whole, also through links`() throws {
    folder.write("/a", "text")
    folder.link("/b", to: "a")
    #expect(try UserFile.read(folder.outside("/b"), limit: 4) == Array("text".utf8))
    #expect(try UserFile.read("b", below: folder.path, limit: 4) == Array("text".utf8))
  }

  @Test func `what is no regular file is refused without waiting`() throws {
    mkfifo(folder.outside("/pipe"), 0o600)
    let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = folder.outside("/socket")
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name.utf8.prefix(100)) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(bound == 0)
    let clock = ContinuousClock()
    for (path, word) in [
      (folder.outside("/pipe"), "pipe"), (name, "socket"), (folder.path, "directory"),
      ("/dev/zero", "character device"), (folder.outside("/none"), "No such file"),
    ] {
      let time = clock.measure {
        #expect(message { try UserFile.read(path, limit: 10) }.contains(word), "\(path)")
      }
      #expect(time < .milliseconds(100))
    }
    #expect(message { try UserFile.read("pipe", below: folder.path, limit: 10) }.contains("pipe"))
  }

  @Test func `size is checked before anything is read`() throws {
    folder.write("/sparse", "")
    truncate(folder.outside("/sparse"), 1 << 30)
    do throws(SystemError) {
      _ = try UserFile.read(folder.outside("/sparse"), limit: 1 << 20)
      Issue.record("it was read")
    } catch { #expect(error.isTooLarge) }
    folder.write("/four", "1234")
    #expect(try UserFile.read(folder.outside("/four"), limit: 4).count == 4)
    #expect(throws: SystemError.self) { try UserFile.read(folder.outside("/four"), limit: 3) }
  }

  @Test(arguments: ["../secret", "out", "/etc/passwd", "sub/out"])
  func `nothing below a folder leads out of it`(path: String) throws {
    folder.write("/secret", "x")
    folder.makeDirectory("/tree/sub")
    folder.link("/tree/out", to: "../secret")
    folder.link("/tree/sub/out", to: "/etc/passwd")
    let tree = folder.outside("/tree")
    #expect(message { try UserFile.read(path, below: tree, limit: 1 << 20) }.contains("leads out"))
  }
}
