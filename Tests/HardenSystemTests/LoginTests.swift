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

  @Test func `the processes above this one end with the first`() throws {
    let found = Login.ancestors()
    #expect(found.first == Int(getppid()) && Set(found).count == found.count)
    for (child, parent) in zip(found, found.dropFirst()) {
      let said = try Shell.run("ps -o ppid= -p \(child)").filter(\.isNumber)
      #expect(Int(said) == parent)
    }
    #expect(found.last == 1)
  }

  @Test func `this login began before now`() throws {
    // Inside a container the session's leader may be out of sight.
    guard let began = Login.began() else { return }
    #expect(began <= Login.uptime)
  }
}
