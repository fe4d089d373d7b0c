internal import HardenModel
internal import HardenSystem

/// Where sshd would answer no more once it has read a new line.
enum ServerAddresses {
  /// The risks of writing `value` for `key` on `host`, one sentence for each.
  static func risks(_ key: String, _ value: String, _ host: borrowing Host) throws(SystemError)
    -> [String]
  {
    switch key.lowercased() {
    case "port": return ["ssh answers on port \(value) only, once it has read this"]
    case "listenaddress": return try listening(value, host)
    case "addressfamily": return try family(value.lowercased(), host)
    default: return []
    }
  }

  private static func listening(_ value: String, _ host: borrowing Host) throws(SystemError)
    -> [String]
  {
    let words = value.words()
    guard let address = words.first else { return [] }
    switch address {
    case "*": return []
    case "0.0.0.0", "0.0.0.0:22": return try family("inet", host)
    case "::", "[::]", "[::]:22": return try family("inet6", host)
    default:
      let isOwn =
        address.hasPrefix("127.") || address == "::1" || address.hasPrefix("[::1]")
        || address.hasPrefix("localhost")
      return [
        isOwn
          ? "ssh answers this host itself only (\(address)), once it has read this"
          : "ssh answers on \(address) only, once it has read this"
      ]
    }
  }

  private static func family(_ value: String, _ host: borrowing Host) throws(SystemError)
    -> [String]
  {
    if value == "inet6" { return ["ssh answers over IPv6 only, once it has read this"] }
    guard value == "inet", host.isLive else { return [] }
    let sockets = host.sockets6()
    let ports = Set(try Self.ports(host))
    if let one = sockets.first(where: { !$0.listens && ports.contains($0.port) }) {
      return ["\(one.peer) is connected over IPv6, on which ssh would not answer any more"]
    }
    if host.defaultRoutes4().isEmpty, let way = host.defaultRoutes6().first {
      return ["the only way in is IPv6, by \(way), on which ssh would not answer any more"]
    }
    return []
  }

  private static func ports(_ host: borrowing Host) throws(SystemError) -> [UInt16] {
    let setting = Setting(file: "/etc/ssh/sshd_config", format: .sshd, key: "Port", wanted: nil)
    let ports = try SettingLines(setting, host).lines.compactMap { UInt16($0.text) }
    return ports.isEmpty ? [22] : ports
  }
}
