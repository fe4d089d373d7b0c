import HardenModel
import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct MountsTests {
  @Test func `a line is read whatever its optional fields`() throws {
    for fields in ["", "shared:1 ", "shared:1 master:2 propagate_from:3 "] {
      let mount = try #require(
        MountPoint(
          line:
            "60 59 0:27 /sub\\040dir /mnt/my\\040disk rw,nosuid,noatime \(fields)- ext4 /dev/sda\\0401 rw,size=1k,mode=700"
        ))
      #expect(mount.path == "/mnt/my disk" && mount.root == "/sub dir" && mount.device == "0:27")
      #expect(mount.flags == [.nosuid, .noatime] && mount.type == "ext4")
      #expect(mount.source == "/dev/sda 1" && mount.superOptions == ["rw", "size=1k", "mode=700"])
    }
    #expect(MountPoint(line: "60 59 0:27 / /x rw - a b rw")?.flags == [.strictatime])
    #expect(
      MountPoint(line: "60 59 0:27 / /x ro,relatime - a b rw")?.flags == [.readOnly, .relatime])
    for line in ["", "60 59 0:27 / /x rw", "60 59 0:27 / /x rw shared:1 a b c"] {
      #expect(MountPoint(line: line) == nil)
    }
  }

  @Test func `an image has no mounts`() throws {
    let root = try TemporaryRoot()
    #expect(try Host(root: root.path).mounts() == [])
    #expect(try Host(root: root.path).mount("/") == nil)
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `of stacked mounts the last is the one that is seen`() throws {
    let found = try Namespace.run {
      try Namespace.mountEmpty("/mnt")
      try Shell.run("mount -t tmpfs -o noexec,nodev none /mnt; mkdir /mnt/below")
      let host = try Host()
      return (
        try host.mount("/mnt"), try host.mount(holding: "/mnt/below/x"),
        try host.mount("/mnt/below")
      )
    }
    #expect(found.0?.flags == [.noexec, .nodev, .relatime] && found.0?.type == "tmpfs")
    #expect(found.1 == found.0 && found.2 == nil)
  }
}
