import HardenModel
import HardenTestSupport
import Synchronization
import Testing

@testable import HardenSystem

/// Files that look like the kernel's, in mounts of their own; the guest has the real ones.
@Suite(.enabled(if: Namespace.isAvailable)) struct SELinuxStateTests {
  private func inFront(_ body: @escaping (TemporaryRoot) throws -> Void) throws {
    try Namespace.run {
      let root = try TemporaryRoot()
      root.write("/sys/selinux/enforce", "0")
      root.write("/sys/selinux/booleans/quick", "0 1\n")
      root.write("/sys/selinux/commit_pending_bools", "0")
      try Namespace.bind(root.outside("/sys"), at: "/sys/fs")
      try body(root)
    }
  }

  @Test func `enforcement and booleans are read, and what is pending`() throws {
    try inFront { _ in
      #expect(try Host().selinux(nil) == SELinuxState(isOn: false, pending: false))
      #expect(try Host().selinux("quick") == SELinuxState(isOn: false, pending: true))
      #expect(try Host().selinux("slow") == nil)
      let planned = try Host().after(
        [.setSELinux(SetSELinux("quick", before: false, after: true))], contents: [:])
      #expect(try planned.selinux("quick") == SELinuxState(isOn: true, pending: true))
    }
    let image = try TemporaryRoot()
    #expect(try Host(root: image.path).selinux(nil) == nil)
  }

  @Test func `a boolean is written and then committed, enforcement only written`() throws {
    try inFront { root in
      let state = try StateDirectory.create(root.outside("/state"))
      guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
      let subjects = Subjects()
      let calls = Calls { point in
        if point.call == "write", point.isAfter {
          subjects.all.withLock { $0.append(point.subject) }
        }
        return nil
      }
      let file = try StateDirectory.create(root.outside("/state"), calls: calls).create("scratch")
      let host = try Host().writable(under: lock, recording: file)
      try host.setSELinux(nil, to: true)
      try host.setSELinux("quick", to: true)
      #expect(root.text("/sys/selinux/enforce") == "1")
      #expect(
        subjects.all.withLock { $0 } == [
          "/sys/fs/selinux/enforce", "/sys/fs/selinux/booleans/quick",
          "/sys/fs/selinux/commit_pending_bools",
        ])
    }
  }

  private final class Subjects: Sendable {
    let all = Mutex<[String]>([])
  }
}
