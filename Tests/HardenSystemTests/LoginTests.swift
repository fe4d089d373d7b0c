import Foundation
import HardenSystem
import HardenTestSupport
import Testing

@Suite struct LoginTests {
  @Test func `the clock goes on by itself and is the kernel's`() throws {
    let text = try String(contentsOfFile: "/proc/uptime", encoding: .utf8)
    let kernel = try #require(Double(text.split(separator: " ")[0]))
    #expect(abs(Double(Login.uptime) / 1000 - kernel) < 2)
  }

  @Test func `this login began before now`() throws {
    // Inside a container the session's leader may be out of sight.
    guard let began = Login.began() else { return }
    #expect(began <= Login.uptime)
  }
}
