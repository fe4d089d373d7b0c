import Foundation
import Testing

@testable import HardenSystem

@Suite struct UnameTests {
  @Test func `it says what the kernel says below /proc`() throws {
    let read = { (name: String) in
      try String(contentsOfFile: "/proc/sys/kernel/\(name)", encoding: .utf8)
        .trimmingCharacters(in: .newlines)
    }
    #expect(try Uname.current.release == read("osrelease"))
    #expect(try Uname.current.node == read("hostname"))
    #expect(["x86_64", "aarch64"].contains(Uname.current.machine))
  }
}
