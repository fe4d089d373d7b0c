internal import HardenModel
internal import Glibc

/// The network of the caller's namespace, as the kernel's tables below `/proc/thread-self/net` and
/// the mount of `/sys` tell it; nothing of it is known below `--root`.
extension Host {
  /// The names of all interfaces, sorted.
  package func networkInterfaces() -> [String] {
    table("dev").dropFirst(2).compactMap { line in
      line.firstIndex(of: ":").map { line[..<$0].filter { $0 != " " } }
    }.sorted()
  }

  /// The interfaces that `bridge` joins, sorted; empty where it has none or is no bridge.
  package func bridgePorts(of bridge: String) -> [String] {
    guard isLive else { return [] }
    return ((try? entries("/sys/devices/virtual/net/\(bridge)/brif")) ?? []).sorted()
  }

  /// The interfaces of the default routes of IPv4, in the kernel's order.
  package func defaultRoutes4() -> [String] {
    table("route").dropFirst().compactMap { line in
      let fields = line.split(at: "\t")
      guard fields.count >= 8, fields[1] == "00000000", fields[7].allSatisfy({ $0 == "0" }) else {
        return nil
      }
      return String(fields[0])
    }
  }

  /// The interfaces of the default routes of IPv6, in the kernel's order.
  package func defaultRoutes6() -> [String] {
    table("ipv6_route").compactMap { line in
      let fields = line.split(at: " ")
      // The route that refuses everything else is listed as a default of the loopback.
      guard fields.count == 10, fields[1] == "00", fields[0].allSatisfy({ $0 == "0" }),
        fields[9] != "lo"
      else { return nil }
      return String(fields[9])
    }
  }

  /// Addresses of global scope that somebody has given to an interface for good.
  package func lastingAddresses6() -> [(interface: String, address: String)] {
    table("if_inet6").compactMap { line in
      let fields = line.split(at: " ")
      guard fields.count == 6, fields[3] == "00", let flags = UInt32(fields[4], radix: 16),
        flags & 0x80 != 0
      else { return nil }
      let groups = stride(from: 0, to: 32, by: 4).map { String(fields[0].dropFirst($0).prefix(4)) }
      return (String(fields[5]), Self.address(groups.map { UInt16($0, radix: 16) ?? 0 }))
    }
  }

  /// One TCP socket over IPv6, mapped IPv4 addresses left out.
  package struct Socket6: Hashable, Sendable {
    /// The address of this host; `::` for every address.
    package var local: String
    /// The port of this host.
    package var port: UInt16
    /// The address of the other end; `::` while it listens.
    package var peer: String
    /// Whether it waits for connections.
    package var listens: Bool
  }

  /// TCP sockets over IPv6 that listen or are connected.
  package func sockets6() -> [Socket6] {
    table("tcp6").dropFirst().compactMap { line in
      let fields = line.split(at: " ")
      guard fields.count > 3, fields[3] == "0A" || fields[3] == "01" else { return nil }
      let (local, peer) = (fields[1].split(at: ":"), fields[2].split(at: ":"))
      guard local.count == 2, peer.count == 2, let port = UInt16(local[1], radix: 16),
        !local[0].hasPrefix("0000000000000000FFFF0000")
      else { return nil }
      return Socket6(
        local: Self.address(Self.groups(local[0])), port: port,
        peer: Self.address(Self.groups(peer[0])), listens: fields[3] == "0A")
    }
  }

  private func table(_ name: String) -> [Substring] {
    guard isLive,
      let bytes = (try? contents("/proc/thread-self/net/\(name)", limit: 16 << 20)).flatMap({ $0 })
    else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(at: "\n")
  }

  /// Four words as the processor keeps them, so that their bytes stand in network order in memory.
  private static func groups(_ text: Substring) -> [UInt16] {
    stride(from: 0, to: 32, by: 8).flatMap { start -> [UInt16] in
      let word = UInt32(text.dropFirst(start).prefix(8), radix: 16) ?? 0
      let ordered = UInt32(bigEndian: word)
      return [UInt16(ordered >> 16), UInt16(ordered & 0xFFFF)]
    }
  }

  /// The shortest text of an address: RFC 5952.
  static func address(_ groups: [UInt16]) -> String {
    var best = 0..<0
    var index = 0
    while index < groups.count {
      let end = groups[index...].firstIndex { $0 != 0 } ?? groups.count
      if end - index > max(1, best.count) { best = index..<end }
      index = max(end, index + 1)
    }
    let text = { (part: ArraySlice<UInt16>) in
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !best.isEmpty else { return text(groups[...]) }
    return text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
  }
}
