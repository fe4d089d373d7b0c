import Foundation
import HardenTestSupport
import Testing

@testable import HardenSystem

@Suite struct FactsKernelTests {
  @Test func `mount points are those of the kernel, unescaped`() {
    let text = """
      22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
      30 22 0:5 / /mnt/with\\040space\\134 rw - tmpfs tmpfs rw

      """
    #expect(MountPoints(text).paths == ["/", "/mnt/with space\\"])
  }

  @Test func `the running host's mounts are seen`() throws {
    #expect(try Host().isMounted("/proc") == .known(true))
    #expect(try Host().isMounted("/proc/sys/kernel/hostname") == .known(false))
    let root = try TemporaryRoot()
    guard case .unmeasured = try Host(root: root.path).isMounted("/proc") else {
      Issue.record("an image has mounts")
      return
    }
  }

  @Test func `modes are among their words`() throws {
    let host = try Host()
    #expect(
      [.known("enforcing"), .known("permissive"), .known("disabled")].contains(try host.selinux()))
    #expect([.known("enabled"), .known("disabled")].contains(try host.apparmor()))
    let hasFirmware = FileManager.default.fileExists(atPath: "/sys/firmware/efi")
    #expect(try host.uefi() == .known(hasFirmware ? "true" : "false"))
  }
}
