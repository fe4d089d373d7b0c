import Foundation
import HardenModel
import Testing

@Suite struct ProbeTests {
  static let all: [(Probe, String)] = [
    (.tcp(address: "127.0.0.1", port: 22), "tcp 127.0.0.1:22"),
    (.tcp(address: "::1", port: 22), "tcp [::1]:22"),
    (
      .http(address: "127.0.0.1", port: 80, host: "127.0.0.1", path: "/x"), "http 127.0.0.1:80/x"
    ),
    (.unit(name: "ssh.service"), "unit ssh.service"),
    (.command(words: ["/bin/echo", "a"], user: "nobody"), "command /bin/echo a as nobody"),
    (.login(user: "alice"), "login of alice"), (.sudo(user: "alice"), "sudo for alice"),
    (.writable(path: "/srv"), "writable /srv"), (.listening, "listening sockets"),
    (.failedUnits, "failed units"),
  ]

  @Test func `every probe says what it looks at, and comes back from a plan as it was`() throws {
    for (probe, text) in Self.all {
      #expect(probe.text == text)
      let bytes = try JSONEncoder().encode(probe)
      #expect(try JSONDecoder().decode(Probe.self, from: bytes) == probe)
    }
  }

  @Test func `the words on disk stay`() throws {
    let text = #"{"tcp":{"address":"::1","port":22}}"#
    #expect(
      try JSONDecoder().decode(Probe.self, from: Data(text.utf8)) == .tcp(address: "::1", port: 22))
  }
}
