import Foundation

/// A socket where journald has its own, in the mounts of a ``Namespace``; reads entries as
/// systemd documents its native protocol.
package final class JournalListener {
  /// One entry: each field with its values.
  package typealias Entry = [String: [String]]
  private let number: Int32

  /// Makes `/run` an empty file system and listens there.
  package init() throws {
    try Namespace.mountEmpty("/run")
    let path = "/run/systemd/journal/socket"
    try FileManager.default.createDirectory(
      atPath: "/run/systemd/journal", withIntermediateDirectories: true)
    number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  deinit { close(number) }

  /// What has arrived since it was asked last, oldest first.
  package func entries() -> [Entry] {
    var found: [Entry] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = recv(number, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      guard count > 0 else { return found }
      found.append(Self.decoded(buffer[..<count]))
    }
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> Entry {
    var entry: Entry = [:]
    var rest = bytes
    while let end = rest.firstIndex(of: 0x0A) {
      let line = rest[..<end]
      rest = rest[(end + 1)...]
      if let equals = line.firstIndex(of: 0x3D) {
        let name = String(decoding: line[..<equals], as: UTF8.self)
        entry[name, default: []].append(String(decoding: line[(equals + 1)...], as: UTF8.self))
      } else {
        let length = rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(8)
        let name = String(decoding: line, as: UTF8.self)
        entry[name, default: []].append(String(decoding: rest.prefix(length), as: UTF8.self))
        rest = rest.dropFirst(length + 1)
      }
    }
    return entry
  }
}
