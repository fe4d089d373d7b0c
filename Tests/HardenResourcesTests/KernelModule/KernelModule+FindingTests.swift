import HardenCore
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct KernelModuleFindingTests {
  @Test func `modules that modprobe loads no more`() throws {
    let root = try TemporaryRoot()
    root.write(
      "/etc/modprobe.d/a.conf",
      "install usb-storage /bin/false\nblacklist usb-storage\ninstall dccp /sbin/modprobe -i dccp\n"
        + "install udf /bin/true\nblacklist pcspkr\n")
    #expect(
      try KernelModule.lines("*", on: root) == [
        "name='udf' state='blocked'", "name='usb_storage' state='blocked'",
      ])
    #expect(try KernelModule.lines("usb-*", on: root).count == 1)
    #expect(KernelModule.mistake(in: "a.ko") != nil && KernelModule.mistake(in: "usb*") == nil)
  }
}
