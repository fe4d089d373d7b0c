import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct MountFindingTests {
  @Test func `an image has the mounts of its table`() throws {
    let root = try TemporaryRoot()
    root.write(
      "/etc/fstab",
      "/dev/a / ext4 ro 0 1\ntmpfs /tmp tmpfs noexec,nosuid,size=1g 0 0\n/dev/b none swap sw 0 0\n"
        + "/dev/c /srv/a\\040b ext4 noatime 0 2\n")
    #expect(
      try Mount.lines("*", on: root) == [
        "path='/' options=['ro','relatime']", "path='/srv/a b' options=['noatime']",
        "path='/tmp' options=['nosuid','noexec','relatime']",
      ])
    #expect(try Mount.lines("/t*", on: root).count == 1)
    #expect(try Mount.lines("/", on: root).count == 1)
    #expect(try Mount.lines("/*", on: root).count == 1)
    #expect(try Mount.lines("/srv/*", on: root).count == 1)
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `what is asked for is what now and the next boot have both`() throws {
    try Namespace.run {
      let root = try TemporaryRoot()
      root.write("/fstab", "tmpfs \(root.path)/a tmpfs nodev,noexec 0 0\n")
      root.makeDirectory("/a")
      try Namespace.bind(root.outside("/fstab"), at: "/etc/fstab")
      try Namespace.mountEmpty(root.outside("/a"))
      try Shell.run("mount -o remount,bind,nosuid,nodev none \(root.outside("/a"))")
      let found = try Mount.found(on: Host(), matching: root.outside("/a"))
      #expect(
        found.resources.map(\.line) == [
          "path='\(root.outside("/a"))' options=['nodev','relatime']"
        ])
      #expect(
        found.remarks == [
          "\(root.outside("/a")): nosuid,nodev,relatime now and nodev,noexec,relatime at boot; only "
            + "what both have is asked for"
        ])
      try Shell.run("mount -o remount,bind,suid,dev,noatime none \(root.outside("/a"))")
      #expect(
        try Mount.found(on: Host(), matching: root.outside("/a")).resources[0].obstacle
          == "its flags are noatime now and nodev,noexec,relatime at boot, and none is the same")
    }
  }

  @Test(arguments: ["tmp", "", "/a/../b", "/a/"])
  func `patterns that no mount can match`(pattern: String) {
    #expect(Mount.mistake(in: pattern) != nil && Mount.mistake(in: "*") == nil)
  }
}
