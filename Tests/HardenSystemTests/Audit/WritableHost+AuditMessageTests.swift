import Foundation
import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct WritableHostAuditMessageTests {
  /// What is sent, as the seam sees it.
  private final class Seen: @unchecked Sendable { var texts: [String] = [] }

  @Test func `one line of names and values, with the program and the result`() throws {
    let seen = Seen()
    let root = try TemporaryRoot()
    let state = try StateDirectory.create(
      root.outside("/state"),
      calls: Calls {
        if $0.call == "AUDIT_USYS_CONFIG" { seen.texts.append($0.subject) }
        return $0.call == "AUDIT_USYS_CONFIG" ? .notPermitted : nil
      })
    guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
    let host = try Host().writable(under: lock, recording: state.create("scratch"))
    _ = try? host.tellAudit([("op", "harden-apply"), ("run", "3")], succeeded: false)
    let text = try #require(seen.texts.first)
    #expect(text.hasPrefix("op=harden-apply run=3 exe=\"/"), "\(text)")
    #expect(text.hasSuffix(" hostname=? addr=? terminal=? res=failed"), "\(text)")
  }

  @Test(.enabled(if: KernelAudit.isAvailable))
  func `the kernel takes it`() throws {
    let stage = try Probing()
    try stage.host.tellAudit([("op", "harden-test")], succeeded: true)
  }

  @Test func `nothing is said of an image`() throws {
    let root = try TemporaryRoot()
    let state = try StateDirectory.create(
      root.outside("/state"), calls: Calls { $0.call == "AUDIT_USYS_CONFIG" ? .ioError : nil })
    guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
    let host = try Host(root: root.path).writable(under: lock, recording: state.create("scratch"))
    try host.tellAudit([("op", "x")], succeeded: true)
    #expect(host.journal == nil)
  }

  @Test func `a value that quotes would not hold is in hexadecimal digits`() {
    #expect(AuditValue.text("/usr/sbin/harden") == "\"/usr/sbin/harden\"")
    #expect(AuditValue.text("/a b") == "2F612062")
    #expect(AuditValue.text("\"\u{1}") == "2201")
  }
}
