internal import HardenModel
internal import HardenSystem

/// Kernel parameters that dockerd(8) sets where the next boot starts it.
///
/// It switches forwarding on, unless `ip-forward` is off or its rules are those of nftables. Where
/// containers must not talk to each other (`icc` is off) it has bridged packets pass iptables, too.
enum DockerParameters {
  static let file = "/etc/docker/daemon.json"

  static func setters(on host: borrowing Host) throws(SystemError) -> [LaterSetter] {
    guard try host.hasCommand("dockerd"),
      let start = try LaterSetter.start(of: ["docker.service", "docker.socket"], host)
    else { return [] }
    let options = try Options(host)
    guard !options.isOff("ip-forward"), options["firewall-backend"]?.text != "nftables" else {
      return []
    }
    let ipv6 = options["ipv6"].flatMap { $0.text == "true" ? $0 : nil }
    var found = [
      LaterSetter(
        who: "docker", key: SysctlKey(path: "net/ipv4/ip_forward"), value: "1",
        place: options["ip-forward"]?.place ?? start, remedy: remedy)
    ]
    if let ipv6 {
      found.append(
        LaterSetter(
          who: "docker", key: SysctlKey(path: "net/ipv6/conf/all/forwarding"), value: "1",
          place: ipv6.place, remedy: remedy))
    }
    guard options.isOff("icc"), let separation = options["icc"] else { return found }
    for name in ["iptables"] + (ipv6 == nil ? [] : ["ip6tables"]) {
      found.append(
        LaterSetter(
          who: "docker", key: SysctlKey(path: "net/bridge/bridge-nf-call-\(name)"), value: "1",
          place: separation.place,
          remedy: "its containers are kept apart by rules that see bridged packets"))
    }
    return found
  }

  private static let remedy = "\"ip-forward\": false in \(file) keeps it from that"

  /// Its options, from its file and from the command that starts it; it takes none from both.
  private struct Options {
    private let file: JSONFile
    private var flags: [String: (text: String, place: Place)] = [:]

    init(_ host: borrowing Host) throws(SystemError) {
      file = JSONFile(try host.contents(DockerParameters.file, last: .follow) ?? [])
      guard let name = UnitName("docker.service") else { return }
      for line in try UnitFile(name, host).assignments("Service", host)
      where line.key == "ExecStart" {
        // An empty line takes back the ones before.
        flags = [:]
        for word in line.words where word.hasPrefix("--") {
          let parts = word.dropFirst(2).split(at: "=", maxSplits: 1).map(String.init)
          guard let name = parts.first else { continue }
          flags[name] = (parts.count > 1 ? parts[1] : "true", line.place)
        }
      }
    }

    subscript(name: String) -> (text: String, place: Place)? {
      guard let text = file.text(of: name) else { return flags[name] }
      return (
        text.filter { $0 != "\"" }, Place(DockerParameters.file, line: file.line(of: name))
      )
    }

    func isOff(_ name: String) -> Bool { self[name]?.text == "false" }
  }
}
