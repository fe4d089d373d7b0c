import HardenModel
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct InstalledModulesTests {
  @Test func `the indexes of every kernel are read, whatever packs the files`() throws {
    let root = try TemporaryRoot(withAccounts: false)
    #expect(try InstalledModules.of(Host(root: root.path)).isEmpty)
    root.write(
      "/lib/modules/6.1.0/modules.dep",
      "kernel/fs/fat/vfat.ko: kernel/fs/fat/fat.ko\nkernel/net/nf-tables.ko.xz:\n")
    root.write("/lib/modules/6.2.0/modules.dep", "updates/br_netfilter.ko.zst:\n")
    root.write("/lib/modules/6.2.0/modules.builtin", "kernel/fs/ext4/ext4.ko\n")
    let found = try InstalledModules.of(Host(root: root.path))
    #expect(found.loadable == ["vfat", "nf_tables", "br_netfilter"])
    #expect(found.builtIn == ["ext4"] && !found.isEmpty)
  }

  @Test func `types have the module that brings them`() {
    #expect(
      ["nfs4", "smb3", "ext3", "vfat"].map(InstalledModules.module) == [
        "nfs", "cifs", "ext4", "vfat",
      ])
  }

  @Test func `what is loaded early is read from every place`() throws {
    let root = try TemporaryRoot(withAccounts: false)
    root.write("/etc/modules", "# none\n\nloop max_loop=8\n")
    root.write("/usr/lib/modules-load.d/fuse.conf", "fuse\n")
    root.write("/usr/lib/modules-load.d/read.me", "no\n")
    root.write("/etc/modules-load.d/net.conf", "; none\n br-netfilter\n")
    #expect(
      try InstalledModules.early(on: Host(root: root.path)) == ["loop", "fuse", "br_netfilter"])
  }
}
