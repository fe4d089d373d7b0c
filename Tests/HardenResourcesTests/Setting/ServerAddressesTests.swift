import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct ServerAddressesTests {
  @Test(arguments: [
    ("Port", "2222", "ssh answers on port 2222 only"),
    ("ListenAddress", "127.0.0.1", "ssh answers this host itself only (127.0.0.1)"),
    ("listenaddress", "10.0.0.1:22", "ssh answers on 10.0.0.1:22 only"),
    ("ListenAddress", "*", nil), ("ListenAddress", "::", "ssh answers over IPv6 only"),
    ("AddressFamily", "inet6", "ssh answers over IPv6 only"), ("AddressFamily", "any", nil),
    // An image has no connections that would end.
    ("AddressFamily", "inet", nil), ("ListenAddress", "0.0.0.0", nil), ("Banner", "x", nil),
  ])
  func `where it answers`(key: String, value: String, risk: String?) throws {
    let root = try TemporaryRoot()
    let found = try ServerAddresses.risks(key, value, Host(root: root.path))
    #expect(found == (risk.map { [$0 + ", once it has read this"] } ?? []))
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `IPv4 alone is a risk where IPv6 is the only way in, or where somebody came by it`() throws {
    let said = { (scene: String) in
      try Namespace.run {
        try Shell.run("ip link set lo up; \(scene)")
        return try ServerAddresses.risks("AddressFamily", "inet", HardenSystem.Host())
      }
    }
    #expect(try said("true") == [])
    let bridge = "ip link add one type bridge; ip link set one up"
    #expect(
      try said(
        "\(bridge); ip -6 addr add 2001:db8::7/64 dev one nodad; ip -6 route add default dev one")
        == ["the only way in is IPv6, by one, on which ssh would not answer any more"])
    let talk = """
      import os, socket, time
      s = socket.socket(socket.AF_INET6); s.bind(("::1", 22)); s.listen()
      c = socket.create_connection(("::1", 22)); a = s.accept()
      """
    #expect(
      try said("python3 -c '\(talk)\ntime.sleep(30)' > /dev/null 2>&1 & sleep 2")
        == ["::1 is connected over IPv6, on which ssh would not answer any more"])
  }
}
