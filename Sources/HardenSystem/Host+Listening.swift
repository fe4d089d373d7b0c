internal import HardenModel

extension Host {
  /// The TCP sockets that are listened on, as `address:port`, sorted; empty below `--root`.
  package func listeningSockets() throws(SystemError) -> [String] {
    Set(try listening().map(\.text)).sorted()
  }

  /// Those of ``listeningSockets()`` that are there to stay: what only processes of a login session
  /// hold, as sshd does for who forwards a port, ends with the session.
  package func lastingSockets() throws(SystemError) -> [String] {
    let sockets = try listening()
    var (sessions, others): (Set<String>, Set<String>) = ([], [])
    let inodes = Set(sockets.map(\.inode))
    for process in processes() {
      let folder = "/proc/\(process.pid)/fd"
      let held = ((try? entries(folder)) ?? []).compactMap { number in
        (try? linkTarget("\(folder)/\(number)")).flatMap { $0 }
          .flatMap { inodes.contains($0) ? $0 : nil }
      }
      guard !held.isEmpty else { continue }
      if isOfSession(process) { sessions.formUnion(held) } else { others.formUnion(held) }
    }
    let passing = sessions.subtracting(others)
    return Set(sockets.filter { !passing.contains($0.inode) }.map(\.text)).sorted()
  }

  /// Whether the kernel may have chosen the port of `socket` (`address:port`), which is another after
  /// a reboot.
  package func isChosenByKernel(_ socket: String) -> Bool {
    let range =
      ((try? text("/proc/sys/net/ipv4/ip_local_port_range")) ?? nil)?
      .words().compactMap { Int($0) } ?? []
    guard range.count == 2, range[0] <= range[1],
      let port = socket.split(at: ":").last.flatMap({ Int($0) })
    else { return false }
    return (range[0]...range[1]).contains(port)
  }

  private func listening() throws(SystemError) -> [ListeningSocket] {
    guard isLive else { return [] }
    var found: [ListeningSocket] = []
    for name in ["tcp", "tcp6"] {
      guard let bytes = try contents("/proc/thread-self/net/\(name)", limit: 64 << 20) else {
        continue
      }
      let lines = String(decoding: bytes, as: UTF8.self).split(at: "\n").dropFirst()
      found += lines.compactMap { ListeningSocket(line: $0) }
    }
    return found
  }

  /// Whether logind has put `process` into the scope of a login session.
  private func isOfSession(_ process: ProcessName) -> Bool {
    (try? text("/proc/\(process.pid)/cgroup")).flatMap { $0 }?.split(at: "\n")
      .contains { line in
        line.split(at: "/").contains { $0.hasPrefix("session-") && $0.hasSuffix(".scope") }
      } ?? false
  }
}

/// A line of `/proc/net/tcp` or `/proc/net/tcp6` about a socket that is listened on.
struct ListeningSocket: Hashable {
  /// `address:port`.
  let text: String
  /// How descriptors show it, `socket:[1234]`.
  let inode: String

  /// Nil where the line is about another.
  init?(line: some StringProtocol) {
    // sl local_address remote_address state queues timer retransmits uid timeout inode …
    let fields = line.split(at: " ", maxSplits: 10)
    guard fields.count > 9, fields[3] == "0A",
      let text = Self.text(ofAddress: fields[1].split(at: ":"))
    else { return nil }
    self.text = text
    inode = "socket:[\(fields[9])]"
  }

  private static func text(ofAddress parts: [some StringProtocol]) -> String? {
    guard parts.count == 2, let port = UInt16(parts[1], radix: 16) else { return nil }
    // Each word of four bytes is printed as a number of this machine, which is little-endian.
    var bytes: [UInt8] = []
    var rest = parts[0][...]
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
