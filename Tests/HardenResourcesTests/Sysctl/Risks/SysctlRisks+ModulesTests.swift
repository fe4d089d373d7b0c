import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct SysctlRisksModulesTests {
  private let root: TemporaryRoot

  init() throws {
    root = try TemporaryRoot()
    root.write(
      "/etc/fstab",
      """
      /dev/a / ext4 defaults 0 1
      /dev/b /home ext4 defaults 0 2
      /dev/c /boot/efi vfat umask=0077 0 1
      server:/x /srv nfs4 defaults 0 0
      /dev/d /media/usb exfat noauto,user 0 0
      tmpfs /tmp tmpfs defaults 0 0

      """)
    root.write(
      "/lib/modules/6.1.0/modules.dep",
      """
      kernel/fs/fat/vfat.ko: kernel/fs/fat/fat.ko
      kernel/fs/ext4/ext4.ko.xz: kernel/lib/crc16.ko.xz
      kernel/fs/nfs/nfs.ko.zst:
      kernel/fs/exfat/exfat.ko:

      """)
  }

  private func risks(_ key: String, _ value: String, _ current: String? = nil) throws -> [String] {
    try SysctlRisks(key: SysctlKey(name: key), value: value, current: current)
      .sentences(Host(root: root.path))
  }

  /// A host whose /boot/efi could not be mounted came up in emergency mode.
  @Test func `file systems whose module would come too late are named`() throws {
    #expect(
      try risks("kernel.modules_disabled", "1", "0") == [
        "/boot/efi (/etc/fstab:3) is of type vfat, a module that could no longer be loaded when the "
          + "next boot mounts it",
        "/srv (/etc/fstab:4) is of type nfs4, a module that could no longer be loaded when the next "
          + "boot mounts it",
      ])
    #expect(try risks("kernel.modules_disabled", "0", "1") == [])
  }

  @Test func `what is built in, or of the root's own type, is in time`() throws {
    root.write(
      "/etc/fstab", "/dev/a / ext4 defaults 0 1\n/dev/b /x ext4 rw 0 2\n/dev/c /y xfs rw 0 2\n")
    #expect(try risks("kernel.modules_disabled", "1") == [])
  }

  @Test func `a module that a boot loads early is in time`() throws {
    root.write("/usr/lib/modules-load.d/a.conf", "# a comment\nvfat\n")
    let said = { try risks("kernel.modules_disabled", "1", "0") }
    #expect(try said().count == 1 && said()[0].hasPrefix("/srv (/etc/fstab:4)"))
    root.write("/etc/modules", "nfs\n")
    #expect(try said() == [])
    // A file of the administrator's takes the place of a package's.
    root.write("/etc/modules-load.d/a.conf", "")
    #expect(try said().count == 1 && said()[0].hasPrefix("/boot/efi (/etc/fstab:3)"))
  }

  /// Starts `unit` at each boot.
  private func enable(_ unit: String) {
    root.write("/usr/lib/systemd/system/\(unit)", "[Install]\nWantedBy=multi-user.target\n")
    root.link(
      "/etc/systemd/system/multi-user.target.wants/\(unit)",
      to: "/usr/lib/systemd/system/\(unit)")
  }

  @Test func `a service that needs a module later is named with the link that starts it`() throws {
    root.write("/etc/fstab", "")
    root.write("/lib/modules/6.1.0/modules.dep", "kernel/net/netfilter/nf_tables.ko.xz: a.ko\n")
    let said = { try risks("kernel.modules_disabled", "1", "0") }
    #expect(try said() == [])
    root.write("/usr/lib/systemd/system/nftables.service", "[Install]\nWantedBy=sysinit.target\n")
    #expect(try said() == [], "nothing starts it")
    enable("nftables.service")
    let sentence =
      "nftables.service, which each boot starts (/etc/systemd/system/multi-user.target.wants/nftables"
      + ".service), needs the module nf_tables, which could no longer be loaded, unless a file of "
      + "/etc/modules-load.d names it"
    #expect(try said() == [sentence])
    #expect(try risks("kernel.modules_disabled", "0", "1") == [])
    enable("docker.service")
    #expect(try said() == [sentence], "no kernel here has its modules")
    root.write("/etc/modules-load.d/firewall.conf", "nf-tables\n")
    #expect(try said() == [])
    root.write("/etc/modules-load.d/firewall.conf", "")
    root.write("/lib/modules/6.1.0/modules.builtin", "kernel/net/netfilter/nf_tables.ko\n")
    #expect(try said() == [])
  }

  @Test func `a desktop, where devices come and go, is named`() throws {
    root.write("/etc/fstab", "")
    enable("display-manager.service")
    let said = try risks("kernel.modules_disabled", "1")
    #expect(
      said.count == 1 && said[0].hasPrefix("somebody works at this host (/etc/systemd"), "\(said)")
    try Shell.run("rm -r \(root.outside("/lib/modules"))")
    #expect(try risks("kernel.modules_disabled", "1") == [], "there is nothing to load")
  }

  @Test(.enabled(if: Namespace.isAvailable))
  func `a network card whose driver is a module is named`()
    throws
  {
    root.makeDirectory("/etc/modules-load.d")
    root.makeDirectory("/sys/class/net/lo")
    root.makeDirectory("/sys/class/net/eth7/device/driver")
    root.link("/sys/class/net/eth7/device/driver/module", to: "../../../../../module/e1000e")
    let root = root
    let said = { (early: String) in
      try Namespace.run {
        try Namespace.mountEmpty("/etc/modules-load.d")
        try Shell.run("echo '\(early)' > /etc/modules-load.d/card.conf")
        try Shell.run("ip link add eth7 type bridge")
        try Namespace.bind(root.outside("/sys"), at: "/sys")
        return try SysctlRisks(
          key: SysctlKey(name: "kernel.modules_disabled"), value: "1", current: "0"
        ).lateDrivers(Host())
      }
    }
    #expect(
      try said("") == [
        "eth7 works by the module e1000e, which a boot may come to too late, unless a file of "
          + "/etc/modules-load.d names it"
      ])
    #expect(try said("e1000e") == [])
  }
}
