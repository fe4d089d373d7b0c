import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SysctlBootTests {
  private func boot(_ key: String, _ text: String) throws -> String? {
    let root = try TemporaryRoot()
    root.write("/etc/sysctl.d/50-a.conf", text)
    let sources = try SysctlSources.of(Host(root: root.path))
    return sources.boot(of: SysctlKey(name: key)).map {
      "\($0.value) line \($0.place.line ?? 0)\($0.isSideEffect ? " along" : "")"
    }
  }

  @Test func `forwarding resets redirects at boot as well, and only when it changes`() throws {
    let redirects = "net.ipv4.conf.all.accept_redirects"
    #expect(try boot(redirects, "\(redirects)=1\nnet.ipv4.ip_forward=1\n") == "0 line 2 along")
    #expect(try boot(redirects, "net.ipv4.ip_forward=1\n\(redirects)=1\n") == "1 line 2")
    #expect(try boot(redirects, "\(redirects)=0\nnet.ipv4.ip_forward=0\n") == "0 line 1")
  }

  @Test func `two names of forwarding are one value`() throws {
    let text = "net.ipv4.ip_forward=1\nnet.ipv4.conf.all.forwarding=0\n"
    #expect(try boot("net.ipv4.ip_forward", text) == "0 line 2 along")
  }

  @Test func `interfaces follow default until they are named`() throws {
    let lo = "net.ipv4.conf.lo.rp_filter"
    #expect(try boot(lo, "net.ipv4.conf.default.rp_filter=2\n") == "2 line 1 along")
    #expect(try boot(lo, "\(lo)=1\nnet.ipv4.conf.default.rp_filter=2\n") == "1 line 1")
    #expect(try boot("net.ipv6.conf.lo.accept_ra", "net.ipv6.conf.default.accept_ra=0\n") == nil)
    #expect(try boot("net.ipv4.conf.lo.forwarding", "net.ipv4.conf.default.forwarding=1\n") == nil)
  }

  /// The same trees read by systemd-sysctl, on the kernel of a private network.
  @Test(.enabled(if: Namespace.isAvailable && BootTree.isAvailable), .timeLimit(.minutes(3)))
  func `systemd-sysctl agrees on generated trees`() throws {
    let seed =
      ProcessInfo.processInfo.environment["HARDEN_SEED"].flatMap(UInt64.init)
      ?? UInt64.random(in: 0..<1_000_000)
    let failures = try Namespace.run {
      try BootTree.mountPlaces()
      var failures: [String] = []
      for number in 0..<400 where failures.count < 5 {
        try Namespace.renewNetwork()
        var random = SeededRandom(seed &+ UInt64(number))
        failures += try BootTree.generate(&random).failures().map { "tree \(number): \($0)" }
      }
      return failures
    }
    #expect(failures.isEmpty, "HARDEN_SEED=\(seed)\n\(failures.joined(separator: "\n"))")
  }
}
