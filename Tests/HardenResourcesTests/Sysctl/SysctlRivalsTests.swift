import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SysctlRivalsTests {
  private func rivals(_ root: TemporaryRoot, _ key: String = "kernel.x") throws -> (
    lines: [String], refusal: String?
  ) {
    let sources = try SysctlSources.of(Host(root: root.path))
    let key = SysctlKey(name: key)
    let own = SysctlAssignment(key: key.path, value: "2", place: Place(SysctlSources.ownPath))
    let rivals = SysctlRivals.of(own, for: key, wanted: SysctlWanted("2"), in: sources)
    return (rivals.lines.map { "\($0.place)" }, rivals.refusal)
  }

  @Test func `earlier lines and equal values are no rivals`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/sysctl.d/10.conf", "kernel.x=1\n")
    root.write("/etc/sysctl.d/zz.conf", "kernel.x=0x2\n-kernel.y\n")
    root.write("/usr/lib/sysctl.d/50.conf", "kernel.*=1\n")
    #expect(try rivals(root) == ([], nil))
  }

  @Test func `every line that would win in turn gives way`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/sysctl.d/99-zzz.conf", "kernel.x=1\nkernel.x=3\n")
    root.write("/etc/sysctl.conf", "-kernel.x\n")
    root.write("/etc/ufw/ufw.conf", "ENABLED=yes\n")
    root.write("/etc/ufw/sysctl.conf", "kernel/x=0\n")
    let found = try rivals(root)
    #expect(
      found.lines == [
        "/etc/ufw/sysctl.conf:1", "/etc/sysctl.conf:1", "/etc/sysctl.d/99-zzz.conf:2",
        "/etc/sysctl.d/99-zzz.conf:1",
      ])
    #expect(found.refusal == nil)
  }

  @Test func `a line that is overruled anyway stays`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/sysctl.d/zz.conf", "kernel.x=1\n")
    root.write("/etc/sysctl.conf", "kernel.x=2\n")
    #expect(try rivals(root) == ([], nil))
  }

  @Test func `a file that is not the administrator's is refused by name`() throws {
    let root = try TemporaryRoot()
    root.write("/usr/lib/sysctl.d/99-zzz.conf", "\nkernel.x=1\n")
    let refusal = try #require(try rivals(root).refusal)
    #expect(refusal.hasPrefix("/usr/lib/sysctl.d/99-zzz.conf:2 gives it 1 at the next boot"))
    let linked = try TemporaryRoot()
    linked.write("/usr/share/x.conf", "kernel.x=1\n")
    linked.link("/etc/sysctl.d/99-zzz.conf", to: "/usr/share/x.conf")
    #expect(try rivals(linked).refusal?.hasPrefix("/usr/share/x.conf:1") == true)
  }

  @Test func `a pattern of the firewall and a line added to our own file are refused`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/ufw/ufw.conf", "ENABLED=yes\n")
    root.write("/etc/ufw/sysctl.conf", "kernel/*=0\n")
    #expect(try rivals(root).refusal?.contains("by the pattern kernel.*; narrow it") == true)
    let own = try TemporaryRoot()
    own.write(SysctlSources.ownPath, "# harden: a/b\nkernel.x = 2\nkernel.x = 1\n")
    #expect(try rivals(own).refusal?.contains("added to harden's own file by hand") == true)
  }

  @Test func `a later line for another key that changes ours is refused`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/sysctl.d/99-zzz.conf", "net.ipv4.conf.all.forwarding=1\n")
    let refusal = try rivals(root, "net.ipv4.ip_forward").refusal
    #expect(
      refusal?.hasPrefix(
        "/etc/sysctl.d/99-zzz.conf:1 gives it 1 at the next boot by changing another key") == true)
  }

  @Test func `a line with something else in it is refused`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/sysctl.conf", "kernel.x=1\rkernel.y=2\n")
    #expect(try rivals(root).refusal?.contains("cannot be commented out") == true)
  }
}
