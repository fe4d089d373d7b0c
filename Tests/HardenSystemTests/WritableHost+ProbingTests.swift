import Foundation
import Glibc
import HardenModel
import HardenSystem
import HardenTestSupport
import SystemPackage
import Testing

@Suite struct WritableHostProbingTests {
  /// A socket of this process that is listened on, and its port.
  private func listener() throws -> (number: CInt, port: UInt16) {
    // A program that another test starts meanwhile must not keep it open.
    let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let number = socket(AF_INET, kind, 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    try withUnsafeMutablePointer(to: &place) {
      try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try #require(bind(number, $0, length) == 0 && listen(number, 1) == 0)
        try #require(getsockname(number, $0, &length) == 0)
      }
    }
    return (number, UInt16(bigEndian: place.sin_port))
  }

  @Test func `an open port accepts, a closed one refuses, and the socket is listed`() throws {
    let stage = try Probing()
    let (number, port) = try listener()
    #expect(
      try stage.host.ask("127.0.0.1", port, request: nil, timeout: .init(seconds: 5)) == "")
    #expect(try stage.host.host.listeningSockets().contains("127.0.0.1:\(port)"))
    close(number)
    #expect(try !stage.host.host.listeningSockets().contains("127.0.0.1:\(port)"))
    #expect(throws: SystemError("connect", "127.0.0.1:\(port)", .connectionRefused)) {
      _ = try stage.host.ask("127.0.0.1", port, request: nil, timeout: .init(seconds: 5))
    }
  }

  @Test func `who accepts and says nothing is given up on`() throws {
    let stage = try Probing()
    let (number, port) = try listener()
    defer { close(number) }
    let begin = ContinuousClock.now
    #expect(throws: SystemError("connect", "127.0.0.1:\(port)", .timedOut)) {
      _ = try stage.host.ask("127.0.0.1", port, request: "GET", timeout: .init(seconds: 1))
    }
    #expect(ContinuousClock.now - begin < .seconds(3))
  }

  @Test func `a directory that can be written to is left as it was`() throws {
    let stage = try Probing()
    let root = try TemporaryRoot()
    let before = TreeSnapshot(root.path)
    try stage.host.tryWriting(in: root.path)
    #expect(TreeSnapshot(root.path).differences(from: before) == [])
    #expect(throws: SystemError.self) { try stage.host.tryWriting(in: "/proc") }
    #expect(throws: SystemError.self) { try stage.host.tryWriting(in: root.path + "/none") }
  }

  @Test(arguments: [Errno.notSupported, .isDirectory])
  func `without unnamed files a hidden one is made and removed`(errno: Errno) throws {
    let root = try TemporaryRoot()
    let folder = root.path
    let made = Made()
    let calls = Calls { point in
      if !point.isAfter { made.calls.append(point.call) }
      return point.call == "openat" && point.subject == folder ? errno : nil
    }
    let stage = try Probing(calls)
    let before = TreeSnapshot(folder)
    made.calls = []
    try stage.host.tryWriting(in: folder)
    #expect(made.calls == ["openat", "openat", "write", "unlinkat"])
    #expect(TreeSnapshot(folder).differences(from: before) == [])
  }

  /// What calls were asked for.
  private final class Made: @unchecked Sendable { var calls: [String] = [] }

  /// Message queues are a file system with names alone, and none of its files can be written.
  @Test(.enabled(if: Namespace.isAvailable))
  func `what cannot be written is removed all the same`() throws {
    let (said, before, after) = try Namespace.run {
      let stage = try Probing()
      let root = try TemporaryRoot()
      try Shell.run("mount -t mqueue none \(root.path)")
      defer { _ = try? Shell.run("umount \(root.path)") }
      let list = { try FileManager.default.contentsOfDirectory(atPath: root.path) }
      // The queues are those of the machine.
      let before = try list()
      var said: SystemError?
      do throws(SystemError) { try stage.host.tryWriting(in: root.path) } catch { said = error }
      return (said, Set(before), Set(try list()))
    }
    #expect(said?.call == "write" && said?.errno == .invalidArgument, "\(String(describing: said))")
    #expect(after.subtracting(before).isEmpty, "\(after)")
  }
}
