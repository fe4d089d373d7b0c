import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite(.enabled(if: Namespace.isAvailable)) struct NetworkTests {
  private typealias Host = HardenSystem.Host

  @Test func `interfaces, default routes and addresses are those that ip shows`() throws {
    try Namespace.run {
      #expect(try Host().networkInterfaces() == ["lo"])
      #expect(try Host().defaultRoutes4() == [] && Host().defaultRoutes6() == [])
      try Shell.run(
        """
        ip link set lo up
        for n in one two; do ip link add $n type bridge; ip link set $n up; done
        ip addr add 192.0.2.2/24 dev one; ip addr add 198.51.100.2/24 dev two
        ip route add default via 192.0.2.1 dev one metric 1
        ip route add default via 198.51.100.1 dev two metric 2
        ip -6 addr add 2001:db8::7/64 dev two nodad
        ip -6 route add default dev two
        """)
      let host = try Host()
      #expect(host.networkInterfaces() == ["lo", "one", "two"])
      #expect(host.defaultRoutes4() == ["one", "two"] && host.defaultRoutes6() == ["two"])
      let addresses = host.lastingAddresses6().map { "\($0.interface) \($0.address)" }
      #expect(addresses == ["two 2001:db8::7"])
    }
  }

  @Test func `a bridge tells what it joins`() throws {
    try Namespace.run {
      try Shell.run(
        """
        mount -t sysfs none /sys; ip link add full type bridge; ip link add empty type bridge
        for n in two one; do ip link add $n type veth peer name $n-peer; ip link set $n master full; done
        """)
      let host = try Host()
      #expect(host.bridgePorts(of: "full") == ["one", "two"])
      #expect(host.bridgePorts(of: "empty") == [] && host.bridgePorts(of: "lo") == [])
    }
  }

  @Test func `sockets over IPv6 are told with their ends, mapped ones are not`() throws {
    try Namespace.run {
      let script = """
        import socket, sys
        s = socket.socket(socket.AF_INET6); s.bind(('::1', 2525)); s.listen()
        t = socket.socket(socket.AF_INET6); t.connect(('::1', 2525)); p, _ = s.accept()
        f = socket.socket(socket.AF_INET6); f.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        f.bind(('::ffff:127.0.0.1', 2626)); f.listen()
        import os; os.close(1); sys.stdin.read()
        """
      try Shell.run("ip link set lo up; mount -t tmpfs none /mnt")
      try Shell.run(
        "mkfifo /mnt/end; cat > /mnt/serve <<'E'\n\(script)\nE\n(python3 /mnt/serve < /mnt/end > /mnt/out 2>&1 &) ; exec 9> /mnt/end; for i in $(seq 100); do grep -q ':09DD .* 01 ' /proc/thread-self/net/tcp6 && break; sleep 0.05; done; sleep 60 9>&9 > /dev/null 2>&1 & echo $! > /mnt/pid"
      )
      defer { _ = try? Shell.run("kill -9 $(cat /mnt/pid)") }
      let found = try Host().sockets6()
      #expect(found.contains(.init(local: "::1", port: 2525, peer: "::", listens: true)))
      #expect(found.contains { $0.peer == "::1" && !$0.listens && $0.port == 2525 })
      #expect(!found.contains { $0.port == 2626 })
    }
  }

  @Test func `there is no network below another root`() throws {
    let root = try TemporaryRoot()
    let host = try Host(root: root.path)
    #expect(host.networkInterfaces() == [] && host.sockets6() == [])
  }

  @Test(
    arguments: [
      ([0x2001, 0xdb8, 0, 0, 1, 0, 0, 7], "2001:db8::1:0:0:7"),
      ([0, 0, 0, 0, 0, 0, 0, 0], "::"), ([0, 0, 0, 0, 0, 0, 0, 1], "::1"),
      ([0xfe80, 0, 1, 0, 1, 0, 1, 0], "fe80:0:1:0:1:0:1:0"),
      ([1, 2, 3, 4, 5, 6, 0, 0], "1:2:3:4:5:6::"),
    ] as [([UInt16], String)])
  func `addresses are written as short as they can be`(groups: [UInt16], text: String) {
    #expect(Host.address(groups) == text)
  }
}
