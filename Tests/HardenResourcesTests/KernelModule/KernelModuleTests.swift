import Testing

@testable import HardenResources

@Suite struct KernelModuleTests {
  @Test func `one resource for each module, as the kernel names it`() throws {
    let entry = try Entry<KernelModule>("{name: [cramfs, usb-storage], state: blocked}")
    #expect(entry.messages == [])
    #expect(
      entry.resources.map(\.address.description) == [
        "kernel_module[cramfs]", "kernel_module[usb_storage]",
      ])
  }

  @Test(arguments: [
    ("{name: cramfs}", "kernel_module needs 'state'"),
    ("{name: cramfs, state: loaded}", "'loaded' is none of blocked"),
    ("{name: 'cramfs.ko', state: blocked}", "'cramfs.ko' cannot be the name of a kernel module"),
    ("{name: 'a b', state: blocked}", "'a b' cannot be the name of a kernel module"),
  ])
  func `mistakes are reported`(yaml: String, message: String) throws {
    #expect(try Entry<KernelModule>(yaml).messages == [message])
  }
}
