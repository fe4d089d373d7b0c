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
}
