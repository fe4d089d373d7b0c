import HardenModel
import Testing

@testable import HardenResources

@Suite struct SysctlKeyNameTests {
  @Test(arguments: [
    ("kernel.kptr_restrict", "kernel/kptr_restrict"),
    ("kernel/kptr_restrict", "kernel/kptr_restrict"),
    ("net.ipv4.conf.eth0/100.rp_filter", "net/ipv4/conf/eth0.100/rp_filter"),
    ("net/ipv4/conf/eth0.100/rp_filter", "net/ipv4/conf/eth0.100/rp_filter"),
    ("net.ipv4.conf.*.rp_filter", "net/ipv4/conf/*/rp_filter"),
  ])
  func `names`(text: String, path: String) {
    #expect(SysctlKeyName(text)?.key.path == path)
  }

  @Test(arguments: [
    "", "kernel", ".", "kernel.x=1", "a b.c", "-kernel.x", "#a.b", "a.b\n", "net/../kernel/x",
    "a.[bc]", "a.{b,c}",
    "kernel.\u{e4}",
  ])
  func `no names`(text: String) {
    #expect(SysctlKeyName(text) == nil)
  }

  @Test func `a mistake says how to write it`() throws {
    let entry = try Entry<Sysctl>("{set: {kernel.x: 1, 'bad key': 2, kernel.y: [1]}}")
    #expect(entry.resources.isEmpty)
    #expect(
      entry.messages == [
        "'bad key' cannot be the name of a kernel parameter",
        "expected a value, or a mapping with any, at_least, at_most or not, found a list",
      ])
    #expect(entry.diagnostics.first?.help?.contains("sysctl -a") == true)
  }
}
