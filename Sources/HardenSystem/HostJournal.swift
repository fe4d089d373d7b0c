internal import CHarden
internal import Glibc
internal import SystemPackage

/// The journal of the host that systemd-journald keeps; what it is told, it keeps with its origin.
///
/// One entry is one datagram in journald's native protocol. Whether anybody reads it is not known: a
/// host without journald has no such socket, and that is an error like any other.
package struct HostJournal {
  /// One field of an entry: capital letters, digits and underscores, and any text.
  package typealias Field = (name: String, value: String)

  private static let socket = "/run/systemd/journal/socket"
  private let calls: Calls

  /// The journal, written to through `calls`.
  package init(calls: Calls = .kernel) { self.calls = calls }

  /// Hands over one entry; waits a second at most.
  ///
  /// The corresponding system call is `sendto`.
  package func send(_ fields: [Field]) throws(SystemError) {
    let bytes = Self.encoded(fields)
    try calls.make("sendto", Self.socket) {
      unsafe Int(charden_send_datagram(Self.socket, bytes, bytes.count))
    }
  }

  /// `NAME=value` and a line feed, or where the value has line feeds itself, its length before it.
  static func encoded(_ fields: [Field]) -> [UInt8] {
    fields.flatMap { field -> [UInt8] in
      let value = Array(field.value.utf8)
      guard value.contains(0x0A) else { return Array("\(field.name)=".utf8) + value + [0x0A] }
      let length = (0..<8).map { UInt8(truncatingIfNeeded: value.count >> ($0 * 8)) }
      return Array("\(field.name)\n".utf8) + length + value + [0x0A]
    }
  }
}

extension WritableHost {
  /// The journal of the running host; nil for an image.
  package var journal: HostJournal? { host.isLive ? HostJournal(calls: calls) : nil }
}
