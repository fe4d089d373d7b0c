import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct HostListeningTests {
  @Test(arguments: [
    ("   0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:0", "127.0.0.1:22"),
    (
      "   1: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 0",
      "[0:0:0:0:0:0:0:1]:8080"
    ),
    ("   0: 0100007F:0016 0100007F:9C40 01 00000000:00000000 00:0", nil),
    ("   0: 0100007F 00000000:0000 0A 0", nil), ("   0: 01007F:0016 0:0 0A 0", nil), ("", nil),
  ])
  func `a line of the kernel`(line: String, text: String?) {
    #expect(ListeningSocket.text(ofLine: line) == text)
  }

  @Test func `an image listens on nothing`() throws {
    let root = try TemporaryRoot()
    #expect(try Host(root: root.path).listeningSockets() == [])
  }
}
