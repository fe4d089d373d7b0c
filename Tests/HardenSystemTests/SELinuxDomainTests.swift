import Foundation
import HardenModel
import HardenTestSupport
import Synchronization
import Testing

@testable import HardenSystem

/// A policy as the kernel would show it, in a mount of its own; the guest has the real one.
@Suite(.enabled(if: Namespace.isAvailable)) struct SELinuxDomainTests {
  private func inFront(_ body: @escaping (TemporaryRoot) throws -> Void) throws {
    try Namespace.run {
      let root = try TemporaryRoot()
      root.write("/sys/selinux/enforce", "1")
      root.write("/sys/selinux/policy", try CompiledPolicy.bytes("off"))
      root.write("/sys/selinux/load", "")
      try Namespace.bind(root.outside("/sys"), at: "/sys/fs")
      try body(root)
    }
  }

  @Test func `a type of the running policy is permissive or not, and others are unknown`() throws {
    try inFront { _ in
      let host = try Host()
      #expect(try host.selinux(permissive: "plain")?.isOn == false)
      #expect(try host.selinux(permissive: "special")?.isOn == true)
      #expect(try host.selinux(permissive: "nothing") == nil)
      let planned = try host.after(
        [.setSELinux(SetSELinux(permissive: "plain", before: false, after: true))], contents: [:])
      #expect(try planned.selinux(permissive: "plain")?.isOn == true)
      #expect(try planned.selinux(permissive: "special")?.isOn == true)
    }
    let image = try TemporaryRoot()
    #expect(try Host(root: image.path).selinux(permissive: "plain") == nil)
  }

  @Test func `the kernel is given its own policy in one piece, with one type more`() throws {
    try inFront { root in
      let state = try StateDirectory.create(root.outside("/state"))
      guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
      let writes = Writes()
      let calls = Calls { point in
        if point.call == "write", point.isAfter { writes.all.withLock { $0.append(point.subject) } }
        return nil
      }
      let file = try StateDirectory.create(root.outside("/state"), calls: calls).create("scratch")
      let host = try Host().writable(under: lock, recording: file)
      try host.setSELinux(permissive: "plain", to: true)
      let loaded = try Data(contentsOf: URL(filePath: root.outside("/sys/selinux/load")))
      #expect(Array(loaded) == (try CompiledPolicy.bytes("permissive")))
      #expect(writes.all.withLock { $0 } == ["/sys/fs/selinux/load"])
      #expect(throws: SystemError.self) {
        try host.setSELinux(permissive: "nothing", to: true)
      }
      #expect(writes.all.withLock { $0.count } == 1)
    }
  }

  private final class Writes: Sendable {
    let all = Mutex<[String]>([])
  }
}
