import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SysctlNowTests {
  @Test func `there is no kernel below another root`() throws {
    let root = try TemporaryRoot()
    let host = try Host(root: root.path)
    #expect(try SysctlNow.of(SysctlKey(path: "kernel/ostype"), on: host) == .offline)
  }

  @Test func `keys that can be read, only be read, only be written, or are not there`() throws {
    let host = try Host()
    #expect(
      try SysctlNow.of(SysctlKey(path: "kernel/ostype"), on: host)
        == .value("Linux", isWritable: false))
    #expect(try SysctlNow.of(SysctlKey(path: "vm/drop_caches_not"), on: host) == .absent)
    #expect(try SysctlNow.of(SysctlKey(path: "net/ipv4/route/flush"), on: host) == .writeOnly)
    guard
      case .value(_, isWritable: true) = try SysctlNow.of(
        SysctlKey(path: "vm/swappiness"), on: host)
    else {
      Issue.record("vm.swappiness can be written")
      return
    }
  }
}
