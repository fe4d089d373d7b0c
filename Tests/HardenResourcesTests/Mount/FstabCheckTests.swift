import HardenModel
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct FstabCheckTests {
  private func check(_ text: String, _ root: TemporaryRoot) throws -> FstabCheck {
    try FstabCheck(FstabFile(Array(text.utf8)), on: Host(root: root.path))
  }

  private func sentences(_ text: String, _ target: String) throws -> [String] {
    let root = try TemporaryRoot()
    root.write(
      "/lib/modules/6.1.0/modules.dep", "kernel/fs/xfs/xfs.ko.xz: a.ko\nkernel/fs/nfs/nfs.ko:\n")
    root.write("/lib/modules/6.1.0/modules.builtin", "kernel/fs/ext4/ext4.ko\n")
    root.write("/usr/sbin/mount.glusterfs", "")
    return try check(text, root).sentences(for: target)
  }

  @Test func `an ordinary table has nothing against it`() throws {
    let text = """
      UUID=1 / ext3 defaults 0 1
      /dev/b /srv xfs defaults 0 2
      tmpfs /srv/tmp tmpfs defaults
      host:/x /mnt/x nfs4 defaults
      a /mnt/g fuse.glusterfs,glusterfs defaults
      """
    for target in ["/", "/srv", "/srv/tmp", "/mnt/x", "/mnt/g"] {
      #expect(try sentences(text, target) == [], "\(target)")
    }
  }

  @Test func `what is hidden, doubled or of a type that nothing knows is named with its line`()
    throws
  {
    let text =
      "/dev/a /srv/x xfs rw 0 0\n\n/dev/b /srv xfs rw 0 0\n/dev/c /data zfz rw 0 0\n/dev/d /data xfs rw\n"
    #expect(
      try sentences(text, "/srv/x") == [
        "the line of /srv/x (/etc/fstab:1) comes before /srv, which hides it"
      ])
    #expect(try sentences(text, "/srv") == [])
    #expect(
      try sentences(text, "/data") == [
        "the line of /data (/etc/fstab:4) stands there more than once",
        "the line of /data (/etc/fstab:4) has the type zfz, which no kernel here and no mount program knows",
      ])
  }

  @Test func `an image without a kernel tells nothing of types`() throws {
    #expect(try check("/dev/c /data zfz rw 0 0\n", TemporaryRoot()).sentences(for: "/data") == [])
  }

  @Test func `only what was not wrong before counts against a change`() throws {
    let root = try TemporaryRoot()
    let before = try check("a /srv/x xfs rw\n\na /srv xfs rw\n", root)
    let moved = try check("# why\na /srv/x xfs rw\na /srv xfs rw\n", root)
    #expect(moved.sentences(besides: before) == [], "another line number is no other problem")
    let worse = try check("a /srv/y xfs rw\na /srv/x xfs rw\na /srv xfs rw\n", root)
    #expect(
      worse.sentences(besides: before) == [
        "the line of /srv/y (/etc/fstab:1) comes before /srv, which hides it"
      ])
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `sources and targets are looked for where a boot needs them`()
    throws
  {
    let said = try Namespace.run {
      try Shell.run(
        """
        mount -t tmpfs none /mnt; mkdir -p /mnt/there /mnt/source; mount -t tmpfs none /dev/disk ||
          { mkdir -p /mnt/dev; cp -a /dev/null /mnt/dev; mkdir -p /mnt/dev/disk; mount --bind /mnt/dev /dev; }
        mkdir -p /dev/disk/by-uuid /dev/disk/by-label; : > /dev/disk/by-uuid/ab-1; : > '/dev/disk/by-label/a\\x20b'
        """)
      let table = FstabFile(
        Array(
          """
          UUID=AB-1 /mnt/there ext4 rw 0 0
          LABEL=a\\040b /mnt/source ext4 rw 0 0
          UUID=77 /mnt/a ext4 rw 0 0
          UUID=77 /mnt/b ext4 nofail 0 0
          /dev/none /mnt/c ext4 x-mount.mkdir 0 0
          /mnt/none /mnt/d none bind,noauto 0 0
          /mnt/none /mnt/e none bind 0 0
          PARTUUID=7 /mnt/there/x ext4 rw 0 0
          """.utf8))
      let check = try FstabCheck(table, on: Host())
      return ["there", "source", "a", "b", "c", "d", "e", "there/x"].map {
        check.sentences(for: "/mnt/\($0)").filter { !$0.contains("has the type") }
          .map { $0.split(separator: ") ", maxSplits: 1).last ?? "" }
      }
    }
    let (lost, bare) = ("for which a boot waits and then stops", "has no directory to mount it on")
    #expect(
      said == [
        [], [], ["has a source that is not there (UUID=77), \(lost)", "\(bare)"], [],
        ["has a source that is not there (/dev/none), \(lost)"], [],
        ["has a source that is not there (/mnt/none), \(lost)", "\(bare)"], [],
      ])
  }
}
