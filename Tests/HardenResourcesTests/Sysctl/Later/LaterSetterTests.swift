import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct LaterSetterTests {
  private func said(of setter: String, _ value: String, on key: String, _ wanted: String) -> String?
  {
    LaterSetter(
      who: "somebody", key: SysctlKey(path: setter), value: value, place: Place("/etc/x", line: 3),
      remedy: "ask them"
    ).sentence(on: SysctlKey(name: key), SysctlWanted(wanted))
  }

  private let said = "somebody sets it to 1 once it has started (/etc/x:3); ask them"

  @Test func `it is told who sets a key, where that is written and what keeps them from it`() {
    #expect(said(of: "vm/swappiness", "1", on: "vm.swappiness", "0") == said)
    #expect(said(of: "vm/swappiness", "0x1", on: "vm.swappiness", "1") == nil)
    #expect(said(of: "vm/swappiness", "1", on: "vm.dirty_ratio", "0") == nil)
  }

  @Test func `an interface's key speaks against those of all and default`() {
    let setter = "net/ipv6/conf/one/disable_ipv6"
    let named = said.replacing("it to", with: "net.ipv6.conf.one.disable_ipv6 to")
    #expect(said(of: setter, "1", on: "net.ipv6.conf.one.disable_ipv6", "0") == said)
    #expect(said(of: setter, "1", on: "net.ipv6.conf.all.disable_ipv6", "0") == named)
    #expect(said(of: setter, "1", on: "net.ipv6.conf.default.disable_ipv6", "0") == named)
    for other in ["ipv6.conf.two.disable_ipv6", "ipv6.conf.all.accept_ra", "ipv4.conf.all.x"] {
      #expect(said(of: setter, "1", on: "net.\(other)", "0") == nil, "\(other)")
    }
    let all = "net/ipv6/conf/all/disable_ipv6"
    #expect(said(of: all, "1", on: "net.ipv6.conf.default.disable_ipv6", "0") == nil)
  }

  @Test func `a pattern reaches every interface but the loopback`() {
    let setter = "net/ipv6/conf/*/accept_ra"
    #expect(said(of: setter, "1", on: "net.ipv6.conf.one.accept_ra", "0") == said)
    #expect(said(of: setter, "1", on: "net.ipv6.conf.lo.accept_ra", "0") == nil)
    #expect(
      said(of: setter, "1", on: "net.ipv6.conf.all.accept_ra", "0")
        == said.replacing("it to", with: "net.ipv6.conf.*.accept_ra to"))
  }

  @Test func `forwarding as a whole changes that of each interface along, and is not a redirect`() {
    let named = said.replacing("it to", with: "net.ipv4.ip_forward to")
    #expect(said(of: "net/ipv4/ip_forward", "1", on: "net.ipv4.conf.one.forwarding", "0") == named)
    #expect(said(of: "net/ipv4/ip_forward", "1", on: "net.ipv4.conf.all.forwarding", "0") == named)
    #expect(
      said(of: "net/ipv4/ip_forward", "1", on: "net.ipv4.conf.all.accept_redirects", "1") == nil)
  }

  @Test func `whoever the next boot does not start sets nothing`() throws {
    let root = try TemporaryRoot()
    let start = {
      try LaterSetter.start(of: ["a.service", "b.service"], Host(root: root.path))?.path
    }
    root.write("/usr/lib/systemd/system/b.service", "[Install]\nWantedBy=multi-user.target\n")
    #expect(try start() == nil)
    let link = "/etc/systemd/system/multi-user.target.wants/b.service"
    root.link(link, to: "/usr/lib/systemd/system/b.service")
    #expect(try start() == link)
    root.link("/etc/systemd/system/b.service", to: "/dev/null")
    #expect(try start() == nil)
  }

  @Test func `a link of a package starts it, too`() throws {
    let root = try TemporaryRoot()
    root.write("/usr/lib/systemd/system/b.service", "[Service]\nExecStart=/bin/true\n")
    let link = "/usr/lib/systemd/system/multi-user.target.wants/b.service"
    root.link(link, to: "../b.service")
    #expect(try LaterSetter.start(of: ["b.service"], Host(root: root.path)) == Place(link))
  }

  /// It stops nothing: what another program does once it runs is no reason to leave a file as it is.
  @Test func `the plan warns, for keys that are as wanted too, and asks for nothing`() throws {
    let root = try TemporaryRoot()
    Starting.docker(root)
    let entry = try Entry<Sysctl>("{key: net.ipv4.ip_forward, value: 0}")
    let resource = try #require(entry.resources.first)
    let first = try resource.observe(Host(root: root.path), for: .test)
    let sentence =
      "docker sets it to 1 once it has started (\(Starting.dockerLink)); \"ip-forward\": false in "
      + "/etc/docker/daemon.json keeps it from that"
    #expect(first.notes == [sentence] && first.risks == [] && first.differs)
    let planned = try Host(root: root.path).after(first.steps, contents: [:])
    let second = try resource.observe(planned, for: .test)
    #expect(second.notes == [sentence] && second.holds)
  }
}

/// Hosts that start something at boot.
enum Starting {
  static let dockerLink = "/etc/systemd/system/multi-user.target.wants/docker.service"

  static func docker(_ root: TemporaryRoot, command: String = "dockerd -H fd://") {
    root.write("/usr/bin/dockerd", "", mode: 0o755)
    unit("docker", "[Service]\nExecStart=/usr/bin/\(command)\n", root)
  }

  static func networkManager(_ root: TemporaryRoot) {
    root.write("/usr/sbin/NetworkManager", "", mode: 0o755)
    unit("NetworkManager", "", root)
  }

  private static func unit(_ name: String, _ text: String, _ root: TemporaryRoot) {
    let path = "/usr/lib/systemd/system/\(name).service"
    root.write(path, "\(text)[Install]\nWantedBy=multi-user.target\n")
    root.link("/etc/systemd/system/multi-user.target.wants/\(name).service", to: path)
  }
}
