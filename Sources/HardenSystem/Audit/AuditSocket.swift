internal import CHarden
internal import HardenModel
internal import SystemPackage

/// A conversation with the kernel's audit system; the corresponding socket is `NETLINK_AUDIT`.
///
/// It is not confined to any namespace: what is read and changed here is the machine's.
struct AuditSocket: ~Copyable {
  private let descriptor: OwnedDescriptor
  private var sequence: UInt32 = 0

  /// The messages of `linux/audit.h` that harden sends.
  enum Message: UInt16 {
    case get = 1000
    case set = 1001
    case add = 1011
    case delete = 1012
    case list = 1013
    case configuration = 1111
  }

  /// How long the kernel may take for one answer: unloading a rule waits for every processor.
  private static let patience: CInt = 20_000

  init() throws(SystemError) {
    let number = charden_audit_socket()
    guard number >= 0 else { throw SystemError("socket", "audit", Errno(rawValue: -number)) }
    descriptor = OwnedDescriptor(number)
  }

  /// The kernel's rules: list by list, in each the order of loading.
  mutating func rules() throws(SystemError) -> [AuditRuleData] {
    var rules: [AuditRuleData] = []
    for payload in try exchange(.list, [], awaiting: .end) {
      guard let rule = AuditRuleData(wire: payload) else {
        throw SystemError(refusing: "audit rules", "the kernel listed one that cannot be read")
      }
      rules.append(rule)
    }
    return rules
  }

  /// What the kernel says of auditing as a whole.
  mutating func status() throws(SystemError) -> AuditStatus {
    guard let payload = try exchange(.get, [], awaiting: .answer).first else {
      throw SystemError("recvfrom", "audit status", .timedOut)
    }
    return AuditStatus(
      stride(from: 0, to: payload.count - 3, by: 4).map { Self.word(payload, $0) })
  }

  /// Sends one message that changes something, and waits for the answer.
  mutating func send(_ message: Message, _ payload: [UInt8]) throws(SystemError) {
    _ = try exchange(message, payload, awaiting: .acknowledgement)
  }

  private enum Awaited { case acknowledgement, answer, end }

  private mutating func exchange(
    _ message: Message, _ payload: [UInt8], awaiting awaited: Awaited
  ) throws(SystemError) -> [[UInt8]] {
    sequence += 1
    let bytes = Self.header(message, count: payload.count, sequence) + payload
    let sent = unsafe charden_netlink_send(descriptor.number, bytes, bytes.count)
    guard sent >= 0 else { throw SystemError("sendto", "audit", Errno(rawValue: CInt(-sent))) }
    var answers: [[UInt8]] = []
    var isAcknowledged = false
    while true {
      for (type, number, content) in try receive() where number == sequence {
        switch type {
        case 2:
          let code = Int32(bitPattern: Self.word(content, 0))
          guard code == 0 else { throw SystemError("sendto", "audit", Errno(rawValue: -code)) }
          isAcknowledged = true
          if awaited == .acknowledgement { return [] }
        case 3: return answers
        case message.rawValue: answers.append(content)
        default: continue
        }
      }
      if awaited == .answer, isAcknowledged, !answers.isEmpty { return answers }
    }
  }

  private func receive() throws(SystemError) -> [(UInt16, UInt32, [UInt8])] {
    var failure = 0
    let datagram = unsafe [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
      let got = unsafe charden_netlink_receive(
        descriptor.number, buffer.baseAddress, buffer.count, Self.patience)
      if got < 0 { failure = -got } else { count = got }
    }
    guard failure == 0 else {
      throw SystemError("recvfrom", "audit", Errno(rawValue: CInt(failure)))
    }
    guard !datagram.isEmpty else { throw SystemError("recvfrom", "audit", .timedOut) }
    var messages: [(UInt16, UInt32, [UInt8])] = []
    var rest = datagram[...]
    while rest.count >= 16 {
      let start = rest.startIndex
      let length = Int(Self.word(datagram, start))
      guard length >= 16, length <= rest.count else { break }
      messages.append(
        (
          UInt16(truncatingIfNeeded: Self.word(datagram, start + 4)),
          Self.word(datagram, start + 8), Array(rest[(start + 16)..<(start + length)])
        ))
      rest = rest.dropFirst((length + 3) & ~3)
    }
    return messages
  }

  /// `struct nlmsghdr`, with the flags that ask for an acknowledgement.
  private static func header(_ message: Message, count: Int, _ sequence: UInt32) -> [UInt8] {
    let kind = UInt32(message.rawValue) | 0x0005 << 16
    return [UInt32(16 + count), kind, sequence, 0].flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
  }

  private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
    guard offset + 4 <= bytes.count else { return 0 }
    return bytes[offset..<offset + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
  }
}
