import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct KernelModuleObservingTests {
  private func observe(_ root: TemporaryRoot, _ name: String) throws -> Observation {
    try KernelModule(name).proved(on: root)
  }

  @Test func `both lines come into a file that is read early`() throws {
    let root = try TemporaryRoot()
    let observation = try observe(root, "cramfs")
    #expect(observation.lines == ["boot loaded on demand -> install /bin/false, blacklist"])
    #expect(
      observation.steps.map(\.target) == ["/etc/modprobe.d", "/etc/modprobe.d/00-harden.conf"])
    root.write("/etc/modprobe.d/a.conf", "install cramfs /bin/true\nblacklist cramfs\n")
    #expect(try observe(root, "cramfs").holds)
    root.write("/etc/modprobe.d/a.conf", "install cramfs /bin/true\n")
    #expect(try observe(root, "cramfs").steps.count == 1)
  }

  @Test func `a line that would still win goes, or stands in the way`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/modprobe.d/00-a.conf", "install cramfs /sbin/modprobe -i cramfs\n")
    let observation = try observe(root, "cramfs")
    #expect(
      observation.notes == [
        "/etc/modprobe.d/00-a.conf:1 is commented out; it would win at the next boot"
      ])
    root.write("/usr/lib/modprobe.d/00-a.conf", "install udf /bin/x\n")
    #expect(try !observe(root, "udf").steps.isEmpty, "the file of that name below /etc masks it")
    root.write("/usr/lib/modprobe.d/00-b.conf", "install udf /bin/x\n")
    #expect(
      try observe(root, "udf").standing
        == .refused("/usr/lib/modprobe.d/00-b.conf:1 runs /bin/x for it and is not ours to edit"))
    root.write("/usr/lib/modprobe.d/zz.conf", "install hfs /bin/x\n")
    #expect(try observe(root, "hfs").steps.last?.target == "/etc/modprobe.d/00-harden.conf")
  }

  @Test func `who needs the module is named`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/fstab", "# x\n/dev/sda1 /boot/efi vfat defaults 0 1\n")
    root.write("/var/lib/snapd/snaps/core.snap", "")
    #expect(try observe(root, "vfat").risks == ["/etc/fstab:2 mounts /boot/efi with vfat"])
    #expect(
      try observe(root, "squashfs").risks == ["snaps in /var/lib/snapd/snaps need squashfs"])
    #expect(try observe(root, "overlay").risks.isEmpty)
  }

  @Test func `the running kernel is asked as well`() throws {
    let observation = try KernelModule("no_such_module").observe(Host(), for: .test)
    #expect(observation.lines.first == "now not loaded -> not loaded holds")
    #expect(!observation.steps.contains { if case .loadModule = $0 { true } else { false } })
  }

  @Test func `what is built in is refused`() throws {
    let list = try Shell.run("cat /lib/modules/$(uname -r)/modules.builtin 2>/dev/null || true")
    guard let file = list.split(separator: "\n").first?.split(separator: "/").last else { return }
    let name = ModuleConfiguration.normal(String(file.dropLast(3)))
    guard case .refused = try KernelModule(name).observe(Host(), for: .test).standing else {
      Issue.record("\(name) is not refused")
      return
    }
  }
}
