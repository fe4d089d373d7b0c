import Testing

@testable import HardenModel

@Suite struct SysctlKeyTests {
  @Test(arguments: [
    ("net.ipv4.ip_forward", "net/ipv4/ip_forward"),
    ("net/ipv4/conf/eth0.1/x", "net/ipv4/conf/eth0.1/x"),
    ("net.ipv4.conf.eth0/1.x", "net/ipv4/conf/eth0.1/x"), ("/net//ipv4/./x/", "net/ipv4/x"),
    ("", ""), ("//", ""), ("/./net", "net"), ("net/./", "net"), ("net/.x/..", "net/.x/.."),
  ])
  func `names as sysctl.d reads them`(name: String, path: String) {
    #expect(SysctlKey(name: name).path == path)
  }

  @Test func `a name leads back to its key`() {
    let key = SysctlKey(path: "net/ipv4/conf/eth0.100/rp_filter")
    #expect(key.name == "net.ipv4.conf.eth0/100.rp_filter")
    #expect(SysctlKey(name: key.name) == key)
  }
}
