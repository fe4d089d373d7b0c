import HardenModel
import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite(.enabled(if: Namespace.isAvailable)) struct WritableHostMountsTests {
  /// The flags of `/mnt`, by somebody else's tool, after `body` has worked on a mount of its own.
  private func flags(_ options: String, _ body: @escaping (borrowing WritableHost) throws -> Void)
    throws -> String
  {
    try Namespace.run {
      try Shell.run("mount -t tmpfs -o \(options) none /mnt")
      let root = try TemporaryRoot()
      let state = try StateDirectory.create(root.outside("/state"))
      guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
      let file = try state.create("scratch")
      try body(try Host().writable(under: lock, recording: file))
      return try Shell.run("findmnt -rno VFS-OPTIONS /mnt || true")
    }
  }

  @Test func `a difference is set and every other flag stays`() throws {
    #expect(
      try flags("nosuid,nodev,noatime") {
        try $0.setMountFlags([.noexec], of: [.noexec], at: "/mnt")
      } == "rw,nosuid,nodev,noexec,noatime\n")
    #expect(
      try flags("nosuid,nodev,noexec,noatime") {
        try $0.setMountFlags([], of: [.noexec, .nodev], at: "/mnt")
      } == "rw,nosuid,noatime\n")
  }

  @Test func `access times replace one another`() throws {
    for (flag, text) in [(MountFlag.relatime, "rw,nodev,relatime\n"), (.strictatime, "rw,nodev\n")]
    {
      #expect(
        try flags("nodev,noatime") {
          try $0.setMountFlags([flag], of: MountFlag.accessTimes, at: "/mnt")
        } == text)
    }
  }

  @Test func `a directory is mounted onto itself with its flags, and that is taken away`() throws {
    let lines = try Namespace.run {
      try Shell.run("mount -t tmpfs none /mnt; mkdir /mnt/d; touch /mnt/d/f")
      let root = try TemporaryRoot()
      let state = try StateDirectory.create(root.outside("/state"))
      guard let lock = try state.lock() else { throw SystemError(refusing: "lock", "held") }
      let file = try state.create("scratch")
      let host = try Host().writable(under: lock, recording: file)
      try host.bindMount("/mnt/d", flags: [.noexec, .nodev, .relatime])
      let with = try Shell.run("findmnt -rno VFS-OPTIONS /mnt/d; ls /mnt/d")
      try host.unmount("/mnt/d")
      return (with, try Shell.run("findmnt -rno VFS-OPTIONS /mnt/d || true; ls /mnt/d"))
    }
    #expect(lines.0 == "rw,nodev,noexec,relatime\nf\n")
    #expect(lines.1 == "f\n")
  }

  @Test func `a link in the place of a mount point is refused`() throws {
    #expect(throws: SystemError.self) {
      try flags("nodev") { host in
        try Shell.run("ln -s /mnt /mnt/way")
        try host.setMountFlags([.noexec], of: [.noexec], at: "/mnt/way")
      }
    }
  }
}
