internal import CHarden
internal import SystemPackage

/// A conversation with one part of the kernel, message by message.
///
/// The corresponding system calls are `socket` with AF_NETLINK, `sendto` and `recvfrom`.
struct NetlinkSocket: ~Copyable {
  /// The part of the kernel.
  enum Part: String {
    /// The audit system, which is the machine's.
    case audit
    /// Addresses, routes and rules of the caller's network.
    case route
  }

  /// What is asked of the kernel besides the message itself; `linux/netlink.h`.
  struct Request: OptionSet {
    let rawValue: UInt16
    static let acknowledged = Request(rawValue: 0x4)
    static let all = Request(rawValue: 0x300)
  }

  private let descriptor: OwnedDescriptor
  private let part: Part
  private var sequence: UInt32 = 0

  /// How long the kernel may take for one answer: unloading an audit rule waits for every processor.
  private static let patience: CInt = 20_000

  init(_ part: Part) throws(SystemError) {
    let number = charden_netlink_socket(part == .audit ? 1 : 0)
    guard number >= 0 else {
      throw SystemError("socket", part.rawValue, Errno(rawValue: -number))
    }
    self.part = part
    descriptor = OwnedDescriptor(number)
  }

  /// Sends one message, and answers with the number that answers to it have.
  mutating func send(_ type: UInt16, _ request: Request, _ payload: [UInt8]) throws(SystemError)
    -> UInt32
  {
    sequence += 1
    let kind = UInt32(type) | UInt32(request.rawValue | 1) << 16
    let header = [UInt32(16 + payload.count), kind, sequence, 0].flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
    let bytes = header + payload
    let sent = unsafe charden_netlink_send(descriptor.number, bytes, bytes.count)
    guard sent >= 0 else {
      throw SystemError("sendto", part.rawValue, Errno(rawValue: CInt(-sent)))
    }
    return sequence
  }

  /// The messages of one datagram: type, number and content.
  func receive() throws(SystemError) -> [(UInt16, UInt32, [UInt8])] {
    var failure = 0
    let datagram = unsafe [UInt8](unsafeUninitializedCapacity: 32_768) { buffer, count in
      let got = unsafe charden_netlink_receive(
        descriptor.number, buffer.baseAddress, buffer.count, Self.patience)
      if got < 0 { failure = -got } else { count = got }
    }
    guard failure == 0 else {
      throw SystemError("recvfrom", part.rawValue, Errno(rawValue: CInt(failure)))
    }
    guard !datagram.isEmpty else { throw SystemError("recvfrom", part.rawValue, .timedOut) }
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

  /// The word at `offset`; 0 behind the end.
  static func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
    guard offset + 4 <= bytes.count else { return 0 }
    return bytes[offset..<offset + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
  }
}
