import Testing

@testable import HardenModel

@Suite struct SysctlValueTests {
  @Test(arguments: [
    ("1", " 1\t"), ("010", "8"), ("0x10", "16"), ("00", "0"), ("32768 60999", "32768\t60999"),
    ("8080,1,2,3", "1-3,8080"), ("5-7,6-9", "5-9"), ("1-3,4", "1-4"), ("10-10", "10"), ("1,", "1"),
    ("-1", " -1"), ("18446744073692774399", "0xfffffffffeffffff"), ("reno  cubic", "reno cubic"),
  ])
  func `the same to the kernel`(left: String, right: String) {
    #expect(SysctlValue.same(left, right))
  }

  @Test(arguments: [
    ("1", "2"), ("08", "8"), ("1 2", "1"), ("1", ""), ("+1", "1"), ("5-3", "3-5"), ("1-3", "1,3"),
    ("a", "A"),
    ("0-99999999999999999999999999999999999999999", "0-1"),
  ])
  func `not the same`(left: String, right: String) {
    #expect(!SysctlValue.same(left, right))
  }

  @Test func `a value of another shape says what is wrong`() {
    let key = SysctlKey(path: "a/b")
    #expect(SysctlValue.mismatch(of: "1", with: "0", for: key) == nil)
    #expect(SysctlValue.mismatch(of: "x", with: "cubic", for: key) == nil)
    #expect(
      SysctlValue.mismatch(of: "1 2", with: "0", for: key)
        == "'1 2' is 2 numbers, and a.b holds one number")
    #expect(
      SysctlValue.mismatch(of: "", with: "0", for: key)
        == "'' is no number, and a.b holds one number")
    #expect(
      SysctlValue.mismatch(of: "1x", with: "0", for: key)
        == "'1x' is not a number, and a.b holds one number")
    let ports = SysctlKey(path: "net/ipv4/ip_local_reserved_ports")
    #expect(SysctlValue.mismatch(of: "1-3,8080", with: "7", for: ports) == nil)
  }
}
