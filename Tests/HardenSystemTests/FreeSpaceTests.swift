import HardenSystem
import HardenTestSupport
import Testing

@Suite(.enabled(if: Namespace.isAvailable)) struct FreeSpaceTests {
  @Test func `bytes and inodes are those of the file system`() throws {
    let found = try Namespace.run {
      try Shell.run(
        "mount -t tmpfs -o size=64k,nr_inodes=10 none /mnt; head -c 5000 /dev/zero > /mnt/f")
      return try HardenSystem.Host().freeSpace(at: "/mnt")
    }
    #expect(found == FreeSpace(bytes: 56 << 10, inodes: 8, size: 64 << 10))
  }

  @Test func `a file system without limits has as much as is asked for`() throws {
    let found = try Namespace.run {
      try Shell.run("mount -t tmpfs -o size=0,nr_inodes=0 none /mnt")
      return try HardenSystem.Host().freeSpace(at: "/mnt")
    }
    #expect(found == FreeSpace(bytes: nil, inodes: nil, size: nil))
  }
}
