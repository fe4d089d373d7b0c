import Foundation
import Glibc
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite(.enabled(if: Namespace.isAvailable)) struct MountNamespacesTests {
  @Test func `without services nobody keeps old flags, and an image has none`() throws {
    let root = try TemporaryRoot()
    #expect(try MountNamespaces.notes("/tmp", on: HardenSystem.Host(root: root.path)) == [])
    let notes = try MountNamespaces.notes("/no/such/mount", on: HardenSystem.Host())
    #expect(notes == [])
  }

  /// A process with mounts of its own below which `path` is mounted, seen as of the unit `unit`.
  private func start(_ unit: String, in root: TemporaryRoot) throws -> pid_t {
    let answer = try Shell.run(
      """
      unshare -m --propagation private sleep 300 >/dev/null 2>&1 &
      while [ "$(readlink /proc/$!/ns/mnt)" = "$(readlink /proc/$$/ns/mnt)" ]; do sleep 0.01; done
      echo $!
      """)
    let process = try #require(pid_t(answer.trimmingCharacters(in: .whitespacesAndNewlines)))
    root.write("/\(unit)", "0::/system.slice/\(unit)\n")
    try Namespace.bind(root.outside("/\(unit)"), at: "/proc/\(process)/cgroup")
    return process
  }

  @Test func `services with mounts of their own are named until they are restarted`() throws {
    try Namespace.run { [self] in
      let root = try TemporaryRoot()
      // One that has begun before there was the mount sees no copy of it.
      let early = try start("early.service", in: root)
      defer { kill(early, SIGKILL) }
      try Shell.run("mount -t tmpfs none /mnt")
      root.write("/fstab", "none /mnt tmpfs defaults 0 0\n")
      try Namespace.bind(root.outside("/fstab"), at: "/etc/fstab")
      let first = try start("beacon.service", in: root)
      let second = try start("sweep.service", in: root)
      defer { kill(second, SIGKILL) }
      let mount = Mount(path: "/mnt", options: [.nodev])
      let notes = { () throws in try mount.observe(HardenSystem.Host(), for: .test).notes }
      #expect(
        try notes() == ["beacon.service, sweep.service keep the old flags of /mnt until restarted"])
      kill(first, SIGKILL)
      try Shell.run("while [ -e /proc/\(first)/ns/mnt ]; do sleep 0.01; done")
      #expect(try notes() == ["sweep.service keeps the old flags of /mnt until restarted"])
      // Where nothing would change nobody keeps what is old.
      #expect(
        try Mount(path: "/mnt", options: []).observe(HardenSystem.Host(), for: .test).notes == [])
    }
  }
}
