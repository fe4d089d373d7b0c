extension Host {
  /// The TCP sockets that are listened on, as `address:port`, sorted; empty below `--root`.
  package func listeningSockets() throws(SystemError) -> [String] {
    guard isLive else { return [] }
    var found: Set<String> = []
    for name in ["tcp", "tcp6"] {
      guard let bytes = try contents("/proc/thread-self/net/\(name)", limit: 64 << 20) else {
        continue
      }
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
      found.formUnion(lines.compactMap { ListeningSocket.text(ofLine: $0) })
    }
    return found.sorted()
  }
}

/// A line of `/proc/net/tcp` or `/proc/net/tcp6`.
enum ListeningSocket {
  /// `address:port` where the line is about a socket that is listened on; nil otherwise.
  static func text(ofLine line: some StringProtocol) -> String? {
    // sl local_address remote_address state …
    let fields = line.split(separator: " ", maxSplits: 4)
    guard fields.count == 5, fields[3] == "0A" else { return nil }
    let parts = fields[1].split(separator: ":")
    guard parts.count == 2, let port = UInt16(parts[1], radix: 16) else { return nil }
    // Each word of four bytes is printed as a number of this machine, which is little-endian.
    var bytes: [UInt8] = []
    var rest = Substring(parts[0])
    while !rest.isEmpty {
      guard rest.count >= 8, let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
      bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
      rest = rest.dropFirst(8)
    }
    switch bytes.count {
    case 4: return bytes.map { "\($0)" }.joined(separator: ".") + ":\(port)"
    case 16:
      let groups = stride(from: 0, to: 16, by: 2).map {
        String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
      }
      return "[\(groups.joined(separator: ":"))]:\(port)"
    default: return nil
    }
  }
}
