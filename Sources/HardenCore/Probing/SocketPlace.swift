internal import HardenModel

/// Where a probe connects to: `127.0.0.1:22`, `[::1]:22` or `localhost:22`.
///
/// Names are not looked up: a canary must not depend on a name server.
struct SocketPlace: FieldValue {
  /// The numeric address.
  var address: String
  /// The port.
  var port: UInt16

  /// Reads `text`; a place without a port takes `port`, where there is one.
  init?(_ text: some StringProtocol, port usual: UInt16? = nil) {
    var rest = Substring(text)
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      address = String(rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[rest.index(after: end)...]
      guard address.contains(":"), address.utf8.allSatisfy(Self.isOfSix) else { return nil }
    } else {
      let name = rest.prefix { $0 != ":" }
      rest = rest.dropFirst(name.count)
      address = name == "localhost" ? "127.0.0.1" : String(name)
      let parts = address.split(at: ".", omittingEmptySubsequences: false)
      guard parts.count == 4, parts.allSatisfy({ UInt8($0) != nil && $0.first != "+" }) else {
        return nil
      }
    }
    if rest.isEmpty, let usual {
      port = usual
      return
    }
    guard rest.first == ":", rest.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = UInt16(rest.dropFirst()), port > 0
    else { return nil }
    self.port = port
  }

  private static func isOfSix(_ byte: UInt8) -> Bool {
    (0x30...0x3A).contains(byte) || (0x61...0x66).contains(byte | 0x20) || byte == 0x2E
  }

  static func read(_ node: Node, _ reading: inout Reading) -> SocketPlace? {
    reading.parsed(
      node, expected: "an address with its port", form: "a numeric address with its port",
      help: "for example \"127.0.0.1:22\" or \"[::1]:22\"; names are not looked up"
    ) { SocketPlace($0) }
  }

  static var shape: Shape { .pattern("^.+:[0-9]+$", example: "127.0.0.1:22") }
}

/// What an HTTP probe asks for: `http://127.0.0.1:8080/health`.
struct WebPlace: FieldValue {
  /// The probe that it stands for.
  var probe: Probe

  init?(_ text: String) {
    guard text.hasPrefix("http://"), text.utf8.count < 2000,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    let rest = text.dropFirst(7)
    let host = rest.prefix { $0 != "/" }
    guard let place = SocketPlace(host, port: 80) else { return nil }
    let path = rest.dropFirst(host.count)
    probe = .http(
      address: place.address, port: place.port, host: String(host),
      path: path.isEmpty ? "/" : String(path))
  }

  static func read(_ node: Node, _ reading: inout Reading) -> WebPlace? {
    reading.parsed(
      node, expected: "an address of the web", form: "a plain http address",
      help: "for example \"http://127.0.0.1:8080/health\"; names are not looked up, and for "
        + "https use a command"
    ) { WebPlace($0) }
  }

  static var shape: Shape { .pattern("^http://", example: "http://127.0.0.1:8080/health") }
}
