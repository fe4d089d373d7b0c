import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct HostListeningTests {
  private static let rest = "00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100"

  @Test(arguments: [
    ("   0: 0100007F:0016 00000000:0000 0A \(rest)", "127.0.0.1:22"),
    (
      "   1: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A \(rest)",
      "[0:0:0:0:0:0:0:1]:8080"
    ),
    ("   0: 0100007F:0016 0100007F:9C40 01 \(rest)", nil),
    ("   0: 0100007F 00000000:0000 0A \(rest)", nil), ("   0: 01007F:0016 0:0 0A \(rest)", nil),
    ("   0: 0100007F:0016 00000000:0000 0A 0", nil), ("", nil),
  ])
  func `a line of the kernel`(line: String, text: String?) {
    let socket = ListeningSocket(line: line)
    #expect(socket?.text == text)
    #expect(socket == nil || socket?.inode == "socket:[4711]")
  }

  @Test func `an image listens on nothing`() throws {
    let root = try TemporaryRoot()
    #expect(try Host(root: root.path).listeningSockets() == [])
    #expect(try Host(root: root.path).lastingSockets() == [])
  }

  @Test(arguments: [
    ("32768\t60999\n", "[0:0:0:0:0:0:0:1]:40000", true), ("32768\t60999\n", "0.0.0.0:60999", true),
    ("32768\t60999\n", "0.0.0.0:22", false), ("60999\t32768\n", "0.0.0.0:40000", false),
    ("", "0.0.0.0:40000", false),
  ])
  func `a port of the range is the kernel's choice`(range: String, socket: String, isChosen: Bool)
    throws
  {
    let root = try TemporaryRoot()
    root.write("/proc/sys/net/ipv4/ip_local_port_range", range)
    #expect(try Host(root: root.path).isChosenByKernel(socket) == isChosen)
  }
}
