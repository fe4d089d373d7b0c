import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite(.enabled(if: Namespace.isAvailable)) struct SysctlRisksNetworkTests {
  /// What is said of `key` on a network that `scene` has made.
  private func risks(_ key: String, _ value: String, _ current: String, _ scene: String = "")
    throws -> [String]
  {
    try Namespace.run {
      try Shell.run("ip link set lo up; \(scene)")
      return try SysctlRisks(key: SysctlKey(name: key), value: value, current: current)
        .sentences(Host())
    }
  }

  /// Container networks fell silent when forwarding was switched off.
  @Test func `what is behind the host is named`() throws {
    let scene = "for n in docker0 wg0 eth0; do ip link add $n type bridge; done"
    #expect(
      try risks("net.ipv4.ip_forward", "0", "1", scene) == [
        "docker0 leads to containers, which would be cut off",
        "wg0 leads to a virtual private network, which would be cut off",
      ])
    #expect(try risks("net.ipv4.ip_forward", "0", "1") == [])
    #expect(try risks("net.ipv4.ip_forward", "0", "0", scene) == [])
    #expect(try risks("net.ipv4.ip_forward", "1", "0", scene) == [])
  }

  @Test(arguments: ["iptables", "ip6tables", "arptables"])
  func `containers on one bridge need their packets filtered`(table: String) throws {
    let key = "net.bridge.bridge-nf-call-\(table)"
    let scene = """
      mount -t sysfs none /sys; for n in docker0 br-0a1b eth0; do ip link add $n type bridge; done
      for n in one two; do ip link add $n type veth peer name $n-inside; ip link set $n master docker0; done
      ip link add three type veth peer name four; ip link set three master eth0
      """
    #expect(
      try risks(key, "0", "1", scene) == [
        "docker0 joins containers (by one and 1 more), and what they send one another would pass by "
          + table
      ])
    #expect(try risks(key, "0", "0", scene) == [] && risks(key, "1", "0", scene) == [])
    // A bridge that joins nothing.
    #expect(
      try risks(key, "0", "1", "mount -t sysfs none /sys; ip link add cni0 type bridge") == [])
    #expect(try risks("net.bridge.bridge-nf-filter-vlan-tagged", "0", "1", scene) == [])
  }

  @Test func `pods need both forwarding and their bridges filtered`() throws {
    let root = try TemporaryRoot()
    let said = { (key: String) in
      try SysctlRisks(key: SysctlKey(name: key), value: "0", current: nil)
        .sentences(Host(root: root.path))
    }
    #expect(try said("net.bridge.bridge-nf-call-iptables") == [])
    root.write("/etc/systemd/system/multi-user.target.wants/kubelet.service", "")
    #expect(
      try said("net.bridge.bridge-nf-call-iptables") == [
        "kubelet.service is enabled, and pods on one bridge reach services by iptables"
      ])
    #expect(
      try said("net.ipv4.ip_forward") == ["kubelet.service is enabled, and pods need forwarding"])
  }

  /// Programs that listen on ::1 could not start again.
  @Test func `what runs over IPv6 alone is named`() throws {
    let scene = """
      ip link add one type bridge; ip link set one up
      ip -6 addr add 2001:db8::7/64 dev one nodad; ip -6 route add default dev one
      """
    #expect(
      try risks("net.ipv6.conf.all.disable_ipv6", "1", "0", scene) == [
        "the only way out is IPv6, by one",
        "one loses 2001:db8::7, and undoing does not bring it back",
      ])
    #expect(try risks("net.ipv6.conf.all.disable_ipv6", "1", "0") == [])
    #expect(try risks("net.ipv6.conf.lo.disable_ipv6", "1", "0", scene) == [])
    let both = "\(scene)\nip addr add 192.0.2.2/24 dev one; ip route add default via 192.0.2.1"
    #expect(
      try risks("net.ipv6.conf.one.disable_ipv6", "1", "0", both) == [
        "one loses 2001:db8::7, and undoing does not bring it back"
      ])
  }

  @Test func `what listens on its loopback is named`() throws {
    try Namespace.run {
      try Shell.run("ip link set lo up")
      let pid = try Shell.run(
        "python3 -c \"import socket,time; s=socket.socket(socket.AF_INET6); s.bind(('::1',2525)); s.listen(); time.sleep(60)\" >/dev/null 2>&1 & echo $!; for i in $(seq 100); do grep -q ':09DD' /proc/thread-self/net/tcp6 && break; sleep 0.05; done"
      ).filter(\.isNumber)
      defer { _ = try? Shell.run("kill -9 \(pid)") }
      let said = try SysctlRisks(
        key: SysctlKey(name: "net.ipv6.conf.all.disable_ipv6"), value: "1", current: "0"
      ).sentences(Host())
      #expect(said == ["what listens on ::1, port 2525, could not be started again"])
    }
  }

  @Test func `two ways out speak against strict reverse paths`() throws {
    let scene = """
      for n in one two wg0; do ip link add $n type bridge; ip link set $n up; done
      ip addr add 192.0.2.2/24 dev one; ip addr add 198.51.100.2/24 dev two
      ip route add default via 192.0.2.1 metric 1; ip route add default via 198.51.100.1 metric 2
      """
    #expect(
      try risks("net.ipv4.conf.all.rp_filter", "1", "0", scene) == [
        "there are default routes by one and two, so answers may leave by another one than questions "
          + "come in", "wg0 is a virtual private network, whose routes are rarely symmetric",
      ])
    #expect(try risks("net.ipv4.conf.all.rp_filter", "2", "0", scene) == [])
    #expect(try risks("net.ipv4.conf.lo.rp_filter", "1", "0", scene) == [])
    let one =
      "ip link add one type bridge; ip link set one up; ip addr add 192.0.2.2/24 dev one; ip route add default via 192.0.2.1"
    #expect(try risks("net.ipv4.conf.all.rp_filter", "1", "0", one) == [])
  }

  /// Packets may leave by a table that the main one tells nothing of.
  @Test func `a rule that chooses among tables speaks against strict reverse paths`() throws {
    let scene = "ip link add one type bridge; ip link set one up; ip addr add 192.0.2.2/24 dev one"
    let named = { (rules: String) in
      "a rule chooses among tables of routes (\(rules)), so answers may leave by another way than "
        + "questions come in"
    }
    let ruled = "\(scene); ip rule add from 192.0.2.2 lookup 100 priority 50"
    let first = named("50: from 192.0.2.2 lookup 100")
    #expect(try risks("net.ipv4.conf.all.rp_filter", "1", "0", ruled) == [first])
    #expect(try risks("net.ipv4.conf.one.rp_filter", "1", "0", ruled) == [first])
    #expect(
      try risks(
        "net.ipv4.conf.all.rp_filter", "1", "0",
        "\(ruled); ip rule add iif one lookup 9 priority 60")
        == [named("50: from 192.0.2.2 lookup 100 and 1 more")])
    #expect(try risks("net.ipv4.conf.all.rp_filter", "1", "0", scene) == [])
    #expect(try risks("net.ipv4.conf.all.rp_filter", "2", "0", ruled) == [])
    #expect(try risks("net.ipv4.conf.lo.rp_filter", "1", "0", ruled) == [])
    #expect(
      try risks(
        "net.ipv4.conf.all.rp_filter", "1", "0",
        "\(scene); ip -6 rule add from 2001:db8::/64 lookup 9"
      ) == [])
  }
}
