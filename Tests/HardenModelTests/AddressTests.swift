import HardenModel
import Testing

struct AddressTests {
  @Test(arguments: ["sysctl[kernel.kptr_restrict]", "file[/etc/odd]name]", "file[/etc/[x]"])
  func `what is printed is read again`(text: String) {
    #expect(Address(text)?.description == text)
  }

  @Test(arguments: ["", "sysctl", "[x]", "sysctl[x", "sysctl]"])
  func `anything else is no address`(text: String) { #expect(Address(text) == nil) }
}
