import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct NetworkManagerParametersTests {
  private let root: TemporaryRoot
  private let profile = "/etc/NetworkManager/system-connections/lan.nmconnection"

  init() throws {
    root = try TemporaryRoot()
    Starting.networkManager(root)
  }

  /// What it sets where the profile says `text`: keys and places, the profile's own path left out.
  private func found(_ text: String, mode: Int = 0o600) throws -> [String] {
    root.write(profile, text, mode: mode)
    return try NetworkManagerParameters.setters(on: Host(root: root.path)).map {
      "\($0.key)=\($0.value) \($0.place)".replacing(profile, with: "lan")
    }
  }

  private static let head = "[connection]\nid=lan\ninterface-name=one\n"

  @Test func `a connection with IPv6 switches it on and reads advertisements itself`() throws {
    #expect(
      try found("\(Self.head)[ipv6]\nmethod=auto\n") == [
        "net.ipv6.conf.one.disable_ipv6=0 lan:5", "net.ipv6.conf.one.accept_ra=0 lan:5",
      ])
    // What a profile does not say is automatic, and what names no interface is for each.
    #expect(
      try found("[connection]\nid=lan\ntype=ethernet\n") == [
        "net.ipv6.conf.*.disable_ipv6=0 lan", "net.ipv6.conf.*.accept_ra=0 lan",
      ])
  }

  @Test func `a method says what becomes of a connection`() throws {
    #expect(try found("\(Self.head)[ipv6]\nmethod=ignore\n") == [])
    #expect(
      try found("\(Self.head)[ipv6]\nmethod=disabled\n")
        == ["net.ipv6.conf.one.disable_ipv6=1 lan:5"])
    #expect(
      try found("\(Self.head)[ipv4]\nmethod=shared\n[ipv6]\nmethod=ignore\n")
        == ["net.ipv4.ip_forward=1 lan:5"])
    #expect(
      try found("\(Self.head)[ipv6]\nmethod=shared\n").first
        == "net.ipv6.conf.all.forwarding=1 lan:5")
  }

  @Test(arguments: [
    "autoconnect=false", "master=bond0", "controller=bond0", "type=vpn", "type=wireguard",
  ])
  func `connections that nobody brings up, or without addresses, set nothing`(line: String) throws {
    let set = try found("\(Self.head)\(line)\n")
    #expect(set == (line == "type=wireguard" ? ["net.ipv6.conf.one.disable_ipv6=1 lan"] : []))
  }

  @Test func `temporary addresses are a matter of the profile, then of the configuration`() throws {
    let set = { (text: String) in
      try found("\(Self.head)[ipv6]\nmethod=auto\n\(text)").filter { $0.contains("tempaddr") }
    }
    #expect(try set("") == [])
    #expect(try set("ip6-privacy=0\n") == ["net.ipv6.conf.one.use_tempaddr=0 lan:6"])
    let folder = "/NetworkManager/conf.d"
    root.write("/usr/lib\(folder)/a.conf", "[connection]\nipv6.ip6-privacy=2\n")
    #expect(
      try set("ip6-privacy=-1\n") == ["net.ipv6.conf.one.use_tempaddr=2 /usr/lib\(folder)/a.conf:2"]
    )
    root.write(
      "/etc/NetworkManager/NetworkManager.conf", "[main]\n[connection]\nipv6.ip6-privacy=1\n")
    #expect(
      try set("") == [
        "net.ipv6.conf.one.use_tempaddr=1 /etc/NetworkManager/NetworkManager.conf:3"
      ])
    root.write("/etc\(folder)/z.conf", "[connection]\nipv6.ip6-privacy=0\n")
    #expect(try set("") == ["net.ipv6.conf.one.use_tempaddr=0 /etc\(folder)/z.conf:2"])
    #expect(try set("ip6-privacy=2\n") == ["net.ipv6.conf.one.use_tempaddr=2 lan:6"])
    // Which devices a section is for is not worked out.
    root.write(
      "/etc\(folder)/y.conf", "[connection-w]\nmatch-device=type:wifi\nipv6.ip6-privacy=2\n")
    #expect(try set("") == [])
  }

  @Test func `a file that hides another one of its name counts alone`() throws {
    let folder = "/NetworkManager/conf.d"
    root.write("/usr/lib\(folder)/a.conf", "[connection]\nipv6.ip6-privacy=2\n")
    root.write("/etc\(folder)/a.conf", "")
    #expect(try found("\(Self.head)[ipv6]\nmethod=auto\n").count == 2)
  }

  @Test func `profiles that NetworkManager does not read set nothing`() throws {
    #expect(try found(Self.head, mode: 0o644) == [])
    #expect(try found(Self.head).count == 2)
    root.write("/usr/lib/systemd/system/NetworkManager.service", "")
    root.link("/etc/systemd/system/NetworkManager.service", to: "/dev/null")
    #expect(try found(Self.head) == [])
  }

  @Test func `the plan names the line of the profile`() throws {
    root.write(profile, "\(Self.head)[ipv6]\nmethod=auto\n", mode: 0o600)
    let notes = try Sysctl(SysctlKey(name: "net.ipv6.conf.all.disable_ipv6"), SysctlWanted("1"))
      .observe(Host(root: root.path), for: .test).notes
    #expect(
      notes == [
        "NetworkManager sets net.ipv6.conf.one.disable_ipv6 to 0 once it has started (\(profile):5); "
          + "method=disabled in its [ipv6] sets it to 1"
      ])
    let same = try Sysctl(SysctlKey(name: "net.ipv6.conf.all.disable_ipv6"), SysctlWanted("0"))
      .observe(Host(root: root.path), for: .test).notes
    #expect(same == [])
  }
}
