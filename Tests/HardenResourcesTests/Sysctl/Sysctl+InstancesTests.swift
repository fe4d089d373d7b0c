import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SysctlInstancesTests {
  private func names(_ pattern: String, _ host: borrowing Host) throws -> [String] {
    try Sysctl(SysctlKey(name: pattern), SysctlWanted("0")).instances(on: host).map(\.key.name)
  }

  @Test func `below another root a pattern over interfaces stands for all and default`() throws {
    let root = try TemporaryRoot()
    let host = try Host(root: root.path)
    #expect(
      try names("net.ipv4.conf.*.rp_filter", host)
        == ["net.ipv4.conf.all.rp_filter", "net.ipv4.conf.default.rp_filter"])
    #expect(try names("net.ipv4.conf.*.*", host) == ["net.ipv4.conf.*.*"])
    #expect(try names("kernel.*_restrict", host) == ["kernel.*_restrict"])
    #expect(try names("kernel.x", host) == ["kernel.x"])
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `on the running kernel it stands for all, the interfaces and then default`() throws {
    try Namespace.run {
      let host = try Host()
      let found = try names("net.ipv4.conf.*.rp_filter", host)
      #expect(
        found == [
          "net.ipv4.conf.all.rp_filter", "net.ipv4.conf.lo.rp_filter",
          "net.ipv4.conf.default.rp_filter",
        ])
      #expect(
        try names("net.ipv4.conf.nothing*.rp_filter", host) == ["net.ipv4.conf.nothing*.rp_filter"])
    }
  }
}
