/// A rule by which the kernel chooses the table of routes for an IPv4 packet.
///
/// Sources: `linux/fib_rules.h` and ip-rule(8), whose words the text has.
package struct RoutingRule: Hashable, Sendable, CustomStringConvertible {
  /// Rules are asked in the order of this number.
  package let priority: UInt32
  /// The packets that it is about.
  private var selectors: [String]
  /// What becomes of them.
  private var action: String

  package var description: String {
    (["\(priority):"] + selectors + [action]).joined(separator: " ")
  }

  /// Whether it is one of the three that every network begins with.
  package var isUsual: Bool { Self.usual.contains(description) }

  private static let usual: Set = [
    "0: from all lookup local", "32766: from all lookup main", "32767: from all lookup default",
  ]

  /// What a message says: `struct fib_rule_hdr` and attributes; nil where it is too short.
  init?(_ message: [UInt8]) {
    guard message.count >= 12 else { return nil }
    let attributes = Self.attributes(message)
    let number = { (type: UInt16) in attributes[type].map { NetlinkSocket.word($0, 0) } }
    let text = { (type: UInt16) in
      attributes[type].map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    let range = { (type: UInt16, length: UInt8) in
      attributes[type].map { bytes in
        bytes.map { "\($0)" }.joined(separator: ".") + (length == 32 ? "" : "/\(length)")
      }
    }
    let isInverted = NetlinkSocket.word(message, 8) & 2 != 0
    priority = number(6) ?? 0
    selectors = (isInverted ? ["not"] : []) + ["from", range(2, message[2]) ?? "all"]
    if let to = range(1, message[1]) { selectors += ["to", to] }
    if message[3] != 0 { selectors += ["tos", Self.hexadecimal(UInt32(message[3]))] }
    if let mark = number(10) {
      let mask = number(16).flatMap { $0 == .max ? nil : "/\(Self.hexadecimal($0))" } ?? ""
      selectors += ["fwmark", Self.hexadecimal(mark) + mask]
    }
    for (word, type) in [("iif", 3), ("oif", 17)] as [(String, UInt16)] {
      if let name = text(type) { selectors += [word, name] }
    }
    if let users = attributes[20], users.count >= 8 {
      selectors += ["uidrange", "\(NetlinkSocket.word(users, 0))-\(NetlinkSocket.word(users, 4))"]
    }
    let known: Set<UInt16> = [1, 2, 3, 4, 6, 10, 14, 15, 16, 17, 18, 19, 20, 21]
    if attributes.keys.contains(where: { !known.contains($0) }) { selectors.append("and more") }
    switch message[7] {
    case 1 where attributes[19]?.first == 1: action = "lookup by the interface's own table"
    case 1:
      action = "lookup \(Self.table(number(15) ?? UInt32(message[4])))"
      if let length = number(14), length != .max { action += " suppress_prefixlength \(length)" }
    case 2: action = "goto \(number(4) ?? 0)"
    case 6: action = "blackhole"
    case 7: action = "unreachable"
    case 8: action = "prohibit"
    default: action = "nop"
    }
  }

  private static func table(_ number: UInt32) -> String {
    [253: "default", 254: "main", 255: "local"][number] ?? "\(number)"
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    "0x" + String(number, radix: 16)
  }

  /// What stands behind the header, by type.
  private static func attributes(_ message: [UInt8]) -> [UInt16: [UInt8]] {
    var found: [UInt16: [UInt8]] = [:]
    var rest = message.dropFirst(12)
    while rest.count >= 4 {
      let head = NetlinkSocket.word(message, rest.startIndex)
      let length = Int(head & 0xFFFF)
      guard length >= 4, length <= rest.count else { break }
      found[UInt16(head >> 16) & 0x3FFF] = Array(rest.dropFirst(4).prefix(length - 4))
      rest = rest.dropFirst((length + 3) & ~3)
    }
    return found
  }
}

extension Host {
  /// The rules of the caller's network in their order; none below `--root`, or where the kernel tells
  /// of none.
  ///
  /// Reverse paths are a matter of IPv4 alone, so those of IPv6 are not asked for.
  package func routingRules() -> [RoutingRule] {
    guard isLive else { return [] }
    if let held = held.routingRules { return held }
    return (try? once("routing rules") { _ throws(SystemError) in try Self.readRules() }) ?? []
  }

  private static func readRules() throws(SystemError) -> [RoutingRule] {
    var socket = try NetlinkSocket(.route)
    // RTM_GETRULE, and a header that names the family.
    let sequence = try socket.send(34, [.all], [2] + [UInt8](repeating: 0, count: 11))
    var rules: [RoutingRule] = []
    while true {
      for (type, number, content) in try socket.receive() where number == sequence {
        switch type {
        case 2, 3: return rules
        case 32: if let rule = RoutingRule(content) { rules.append(rule) }
        default: continue
        }
      }
    }
  }
}
