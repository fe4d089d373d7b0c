import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SysctlSourcesTests {
  private func boot(_ root: TemporaryRoot, _ key: String = "kernel.x") throws -> String? {
    let sources = try SysctlSources.of(Host(root: root.path))
    return sources.boot(of: SysctlKey(name: key)).map { "\($0.value) (\($0.place))" }
  }

  @Test func `files are read in the order of their names over all directories`() throws {
    let root = try TemporaryRoot()
    root.write("/usr/lib/sysctl.d/50-a.conf", "kernel.x=1\n")
    root.write("/etc/sysctl.d/10-b.conf", "kernel.x=2\n")
    #expect(try boot(root) == "1 (/usr/lib/sysctl.d/50-a.conf:1)")
    root.write("/run/sysctl.d/60-c.conf", "\nkernel.x=3\n")
    #expect(try boot(root) == "3 (/run/sysctl.d/60-c.conf:2)")
    root.write("/usr/local/lib/sysctl.d/a.conf", "kernel.x=4\n")
    #expect(try boot(root) == "4 (/usr/local/lib/sysctl.d/a.conf:1)")
  }

  @Test func `the first directory wins for a name, even by an empty file or a link to nothing`()
    throws
  {
    let root = try TemporaryRoot()
    root.write("/usr/lib/sysctl.d/50-a.conf", "kernel.x=1\n")
    root.write("/run/sysctl.d/50-a.conf", "kernel.x=2\n")
    #expect(try boot(root) == "2 (/run/sysctl.d/50-a.conf:1)")
    root.write("/etc/sysctl.d/50-a.conf", "")
    #expect(try boot(root) == nil)

    let other = try TemporaryRoot()
    other.write("/usr/lib/sysctl.d/50-a.conf", "kernel.x=1\n")
    other.link("/etc/sysctl.d/50-a.conf", to: "/dev/null")
    #expect(try boot(other) == nil)
  }

  @Test func `hidden files and other endings are no sources`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/sysctl.d/.a.conf", "kernel.x=1\n")
    root.write("/etc/sysctl.d/a.conf~", "kernel.x=1\n")
    root.write("/etc/sysctl.d/README", "kernel.x=1\n")
    #expect(try boot(root) == nil)
  }

  @Test func `lib counts once when it is a link, and by itself when it is none`() throws {
    let merged = try TemporaryRoot()
    merged.write("/usr/lib/sysctl.d/50-a.conf", "kernel.x=1\n")
    merged.link("/lib", to: "usr/lib")
    #expect(try boot(merged) == "1 (/usr/lib/sysctl.d/50-a.conf:1)")
    let split = try TemporaryRoot()
    split.write("/lib/sysctl.d/50-a.conf", "kernel.x=1\n")
    #expect(try boot(split) == "1 (/lib/sysctl.d/50-a.conf:1)")
  }

  @Test func `sysctl.conf is read last, under its own name even where it is linked`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/sysctl.conf", "kernel.x=1\n")
    root.link("/etc/sysctl.d/99-sysctl.conf", to: "../sysctl.conf")
    root.write("/etc/sysctl.d/99-zz-harden.conf", "# harden: a/b\nkernel.x = 2\n")
    #expect(try boot(root) == "1 (/etc/sysctl.conf:1)")
  }

  @Test func `the firewall's file counts when it is enabled`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/sysctl.conf", "kernel.x=1\n")
    root.write("/etc/ufw/sysctl.conf", "kernel/x=2\n")
    root.write("/etc/ufw/ufw.conf", "# ufw\nENABLED=no\n")
    #expect(try boot(root) == "1 (/etc/sysctl.conf:1)")
    root.write("/etc/ufw/ufw.conf", "# ufw\nENABLED=yes\n")
    #expect(try boot(root) == "2 (/etc/ufw/sysctl.conf:1)")
    root.write("/etc/default/ufw", "IPT_SYSCTL=\"/etc/other.conf\" # there\n")
    root.write("/etc/other.conf", "kernel/x=3\n")
    #expect(try boot(root) == "3 (/etc/other.conf:1)")
    root.write("/etc/default/ufw", "IPT_SYSCTL=\n")
    #expect(try boot(root) == "1 (/etc/sysctl.conf:1)")
  }

  @Test func `what is too large to be read is named`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/sysctl.d/a.conf", [UInt8](repeating: 0x23, count: (1 << 20) + 1))
    let sources = try SysctlSources.of(Host(root: root.path))
    #expect(sources.unreadable.count == 1)
    #expect(sources.unreadable[0].contains("/etc/sysctl.d/a.conf"))
  }
}
