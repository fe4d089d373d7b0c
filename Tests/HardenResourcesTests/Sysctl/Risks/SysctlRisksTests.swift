import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SysctlRisksTests {
  @Test func `a resource carries what would break, and none where nothing changes`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/subuid", "alice:100000:65536\n")
    let wanted = Sysctl(SysctlKey(name: "user.max_user_namespaces"), SysctlWanted("0"))
    let observation = try wanted.observe(Host(root: root.path), for: .test)
    #expect(observation.risks == ["alice may run containers without root (/etc/subuid:1)"])
    let host = try Host(root: root.path).after(observation.steps, contents: [:])
    #expect(try wanted.observe(host, for: .test).risks == [])
  }

  @Test func `most keys have nothing to look for`() throws {
    let risks = SysctlRisks(key: SysctlKey(name: "kernel.dmesg_restrict"), value: "1", current: "0")
    #expect(try risks.sentences(Host()) == [])
  }

  @Test func `a key of one interface names it`() {
    let name = { (key: String) in
      SysctlRisks(key: SysctlKey(path: key), value: "1", current: nil).interface
    }
    #expect(name("net/ipv4/conf/eth0.5/rp_filter") == "eth0.5")
    #expect(name("net/ipv4/conf/all/rp_filter") == nil)
  }
}
