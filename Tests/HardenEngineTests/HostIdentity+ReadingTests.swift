import Foundation
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenEngine

@Suite struct HostIdentityReadingTests {
  @Test func `a host that runs is known by its boot, its kernel and its name`() throws {
    let identity = try HostIdentity(of: Host())
    let first = { (path: String) in
      try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").first.map(
        String.init)
    }
    #expect(identity.boot == (try first("/proc/sys/kernel/random/boot_id")))
    #expect(identity.kernel == (try first("/proc/sys/kernel/osrelease")))
    #expect(identity.name == (try first("/proc/sys/kernel/hostname")))
  }

  @Test func `an image is known by its own files, and has no boot`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/machine-id", "0123456789abcdef0123456789abcdef\n")
    root.write("/etc/hostname", "web07\n")
    root.write("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
    let identity = try HostIdentity(of: Host(root: root.path))
    #expect(identity.boot == nil && identity.kernel == nil)
    #expect(identity.name == "web07" && identity.system == "debian 12")
    root.write("/etc/machine-id", "1123456789abcdef0123456789abcdef\n")
    #expect(try HostIdentity(of: Host(root: root.path)).machine != identity.machine)
  }
}
