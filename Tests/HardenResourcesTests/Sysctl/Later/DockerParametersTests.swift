import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct DockerParametersTests {
  private let root: TemporaryRoot

  init() throws { root = try TemporaryRoot() }

  /// What it sets where its file says `json`: key and place.
  private func found(_ json: String? = nil) throws -> [String] {
    if let json { root.write(DockerParameters.file, json) }
    return try DockerParameters.setters(on: Host(root: root.path)).map {
      "\($0.key)=\($0.value) \($0.place)"
    }
  }

  @Test func `it switches forwarding on when it starts`() throws {
    Starting.docker(root)
    #expect(try found() == ["net.ipv4.ip_forward=1 \(Starting.dockerLink)"])
    #expect(
      try found("{\n  \"ip-forward\": true\n}\n")
        == ["net.ipv4.ip_forward=1 /etc/docker/daemon.json:2"])
  }

  @Test(arguments: [
    #"{"ip-forward": false}"#, #"{"ip-forward": false, "icc": false}"#,
    #"{"firewall-backend": "nftables"}"#,
  ])
  func `it sets nothing where its file forbids it`(json: String) throws {
    Starting.docker(root)
    #expect(try found(json) == [])
  }

  @Test func `it sets nothing where its command says so, or where nothing starts it`() throws {
    Starting.docker(root, command: "dockerd --ip-forward=false")
    #expect(try found() == [])
    // A later command takes the place of the first.
    let addition = "/etc/systemd/system/docker.service.d/x.conf"
    root.write(addition, "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd --ip-forward\n")
    #expect(try found() == ["net.ipv4.ip_forward=1 \(addition):3"])
    root.link("/etc/systemd/system/docker.service", to: "/dev/null")
    #expect(try found() == [])
  }

  @Test func `a unit without the program starts nothing`() throws {
    Starting.docker(root)
    root.write("/usr/bin/dockerd", "", mode: 0o644)
    #expect(try found() == [])
  }

  @Test func `containers that are kept apart have bridged packets pass iptables`() throws {
    Starting.docker(root)
    #expect(
      try found("{\n \"icc\": false\n}")
        == [
          "net.ipv4.ip_forward=1 \(Starting.dockerLink)",
          "net.bridge.bridge-nf-call-iptables=1 /etc/docker/daemon.json:2",
        ])
    #expect(
      try found("{\n \"icc\": false,\n \"ipv6\": true\n}")
        == [
          "net.ipv4.ip_forward=1 \(Starting.dockerLink)",
          "net.ipv6.conf.all.forwarding=1 /etc/docker/daemon.json:3",
          "net.bridge.bridge-nf-call-iptables=1 /etc/docker/daemon.json:2",
          "net.bridge.bridge-nf-call-ip6tables=1 /etc/docker/daemon.json:2",
        ])
    #expect(try found(#"{"icc": true, "ipv6": false}"#).count == 1)
  }
}
