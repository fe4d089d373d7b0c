import Foundation
import Testing

@testable import HardenSystem

@Suite struct FactsMachineTests {
  @Test func `a hypervisor that the processor tells of is found`() throws {
    let text = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    let isGuest = text.split(separator: "\n").contains {
      $0.hasPrefix("flags") && $0.contains(" hypervisor")
    }
    guard isGuest else { return }
    #expect(try Host().virtualization() != .known("none"))
  }

  @Test func `the first process's environment tells of other engines`() {
    let tells = { (text: String) in Host.container(in: Array(text.utf8)) }
    #expect(tells("A=b\0container=lxc\0B=c\0") == "lxc")
    #expect(tells("A=container=lxc\0") == nil)
  }

  @Test func `the marks of container engines are found`() throws {
    let marks = [
      "/.dockerenv", "/run/.containerenv", "/run/systemd/container", "/run/host/container-manager",
    ]
    let isMarked = marks.contains { FileManager.default.fileExists(atPath: $0) }
    guard case .known(let kind) = try Host().container() else {
      Issue.record("it is not known")
      return
    }
    #expect(!isMarked || kind != "none")
  }
}
