internal import HardenModel
internal import SystemPackage

/// A conversation with the kernel's audit system; the corresponding socket is `NETLINK_AUDIT`.
///
/// It is not confined to any namespace: what is read and changed here is the machine's.
struct AuditSocket: ~Copyable {
  private var socket: NetlinkSocket

  /// The messages of `linux/audit.h` that harden sends.
  enum Message: UInt16 {
    case get = 1000
    case set = 1001
    case add = 1011
    case delete = 1012
    case list = 1013
    case configuration = 1111
  }

  init() throws(SystemError) { socket = try NetlinkSocket(.audit) }

  /// The kernel's rules: list by list, in each the order of loading.
  ///
  /// The kernel waits a tenth of a second for room in the socket and then leaves rules out, which a
  /// busy machine may see; so it is asked again.
  mutating func rules() throws(SystemError) -> [AuditRuleData] {
    for _ in 1..<Self.attempts {
      do throws(SystemError) { return try listed() } catch {
        guard error.errno == .noBufferSpace else { throw error }
        socket = try NetlinkSocket(.audit)
      }
    }
    return try listed()
  }

  private static var attempts: Int { 5 }

  private mutating func listed() throws(SystemError) -> [AuditRuleData] {
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
      stride(from: 0, to: payload.count - 3, by: 4).map { NetlinkSocket.word(payload, $0) })
  }

  /// Sends one message that changes something, and waits for the answer.
  mutating func send(_ message: Message, _ payload: [UInt8]) throws(SystemError) {
    _ = try exchange(message, payload, awaiting: .acknowledgement)
  }

  private enum Awaited { case acknowledgement, answer, end }

  private mutating func exchange(
    _ message: Message, _ payload: [UInt8], awaiting awaited: Awaited
  ) throws(SystemError) -> [[UInt8]] {
    let sequence = try socket.send(message.rawValue, [.acknowledged], payload)
    var answers: [[UInt8]] = []
    var isAcknowledged = false
    while true {
      for (type, number, content) in try socket.receive() where number == sequence {
        switch type {
        case 2:
          let code = Int32(bitPattern: NetlinkSocket.word(content, 0))
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
}
