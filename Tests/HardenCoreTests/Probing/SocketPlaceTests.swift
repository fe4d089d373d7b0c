import HardenModel
import Testing

@testable import HardenCore

@Suite struct SocketPlaceTests {
  @Test(arguments: [
    ("127.0.0.1:22", "127.0.0.1", 22), ("[::1]:8080", "::1", 8080), ("localhost:1", "127.0.0.1", 1),
    ("[fe80::1]:65535", "fe80::1", 65535),
  ])
  func `addresses with a port`(text: String, address: String, port: UInt16) {
    let place = SocketPlace(text)
    #expect(place?.address == address && place?.port == port)
  }

  @Test(arguments: [
    "", "22", ":22", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:+2", "1.2.3:4",
    "256.0.0.1:22", "example.org:22", "[::1:22", "[x::]:22", "::1:22", "127.0.0.1:22 ",
  ])
  func `everything else is refused`(text: String) {
    #expect(SocketPlace(text) == nil)
  }

  @Test func `addresses of the web`() {
    #expect(
      WebPlace("http://127.0.0.1:8080/health?x=1")?.probe
        == .http(address: "127.0.0.1", port: 8080, host: "127.0.0.1:8080", path: "/health?x=1"))
    #expect(
      WebPlace("http://[::1]")?.probe == .http(address: "::1", port: 80, host: "[::1]", path: "/"))
    for text in [
      "https://127.0.0.1/", "http://example.org/", "http://127.0.0.1/a\r\nb", "127.0.0.1",
    ] {
      #expect(WebPlace(text) == nil, "\(text)")
    }
  }
}
