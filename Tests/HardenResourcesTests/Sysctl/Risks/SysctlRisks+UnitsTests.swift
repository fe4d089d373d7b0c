import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SysctlRisksUnitsTests {
  private let root: TemporaryRoot
  private static let wants = "/etc/systemd/system/sockets.target.wants"

  init() throws {
    root = try TemporaryRoot()
    unit(
      "rpcbind", "ListenStream=/run/rpcbind.sock\nListenStream=0.0.0.0:111\nListenStream=[::]:111\n"
    )
    unit("mail", "ListenStream=[::1]:25\n")
    unit("plain", "ListenStream=22\n")
    unit("reset", "ListenDatagram=[::]:53\nListenDatagram=\n")
  }

  private func unit(_ name: String, _ lines: String) {
    let path = "/usr/lib/systemd/system/\(name).socket"
    root.write(path, "[Socket]\n" + lines)
    root.link("\(Self.wants)/\(name).socket", to: path)
  }

  private func risks(_ interface: String, _ value: String = "1", current: String? = nil) throws
    -> [String]
  {
    let key = SysctlKey(name: "net.ipv6.conf.\(interface).disable_ipv6")
    return try SysctlRisks(key: key, value: value, current: current).sentences(
      Host(root: root.path))
  }

  private static let mail =
    "mail.socket listens on [::1]:25 (/usr/lib/systemd/system/mail.socket:2), and fails where a boot begins without IPv6"
  private static let portmapper =
    "rpcbind.socket listens on [::]:111 (/usr/lib/systemd/system/rpcbind.socket:4), and fails where a boot begins without IPv6"

  /// A socket failed at each boot, since the initial ram disk and the host disagreed about IPv6.
  @Test func `a socket that names an address of IPv6 is a risk where IPv6 is switched off`() throws
  {
    #expect(try risks("all") == [Self.mail, Self.portmapper])
    #expect(try risks("default") == [Self.mail, Self.portmapper])
    #expect(try risks("lo") == [Self.mail])
    #expect(try risks("eth0") == [] && risks("all", "0") == [] && risks("all", current: "1") == [])
  }

  @Test func `a masked socket is not opened`() throws {
    root.link("/etc/systemd/system/mail.socket", to: "/dev/null")
    root.write("/etc/systemd/system/rpcbind.socket.d/four.conf", "[Socket]\nListenStream=\n")
    #expect(try risks("all") == [])
  }
}
